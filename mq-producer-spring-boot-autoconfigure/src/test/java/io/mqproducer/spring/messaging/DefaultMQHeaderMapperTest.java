package io.mqproducer.spring.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.recording.RecordedSend;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.JsonMQMessageConverter;
import io.mqproducer.spring.MQTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.MessageHeaders;
import org.springframework.util.MimeTypeUtils;

class DefaultMQHeaderMapperTest {

    private static final Instant DUE = Instant.parse("2026-11-20T12:00:00Z");

    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final MQTemplate template = new MQTemplate(producer, new JsonMQMessageConverter());
    private final DefaultMQHeaderMapper mapper = new DefaultMQHeaderMapper();

    @ParameterizedTest
    @ValueSource(strings = {"mq_tag", "TAGS", "rocketmq_TAGS"})
    void readsTheTag(String header) {
        assertThat(message(Map.of(header, "paid")).tag()).contains("paid");
        assertThat(message(Map.of(header, "paid")).properties()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mq_keys", "KEYS", "rocketmq_KEYS"})
    void readsKeys(String header) {
        assertThat(message(Map.of(header, "a")).keys()).containsExactly("a");
        assertThat(message(Map.of(header, " a  b ")).keys()).containsExactly("a", "b");
        assertThat(message(Map.of(header, List.of("a", 1))).keys()).containsExactly("a", "1");
        assertThat(message(Map.of(header, new String[] {"a", "b"})).keys()).containsExactly("a", "b");
    }

    @Test
    void prefersItsOwnNames() {
        assertThat(message(Map.of("TAGS", "1", "rocketmq_TAGS", "2", "mq_tag", "3"))
                        .tag())
                .contains("3");
        assertThat(message(Map.of("TAGS", "1", "rocketmq_TAGS", "2")).tag()).contains("2");
        assertThat(message(Map.of("TAGS", "1", "mq_tag", " ")).tag()).contains("1");
    }

    @Test
    void readsAllThatDescribesTheMessage() {
        assertThat(message(Map.of("mq_orderingKey", 42L)).orderingKey()).contains("42");
        assertThat(message(Map.of("mq_waitForStore", false)).waitForStore()).isFalse();
        assertThat(message(Map.of("WAIT", "false")).waitForStore()).isFalse();
        assertThat(message(Map.of("mq_delayLevel", 3)).delivery()).isEqualTo(DeliveryTime.atLevel(3));
        assertThat(message(Map.of("DELAY", "3")).delivery()).isEqualTo(DeliveryTime.atLevel(3));
        assertThat(message(Map.of("DELAY", 0)).delivery()).isEqualTo(DeliveryTime.now());
        assertThat(message(Map.of("mq_delay", Duration.ofMinutes(1))).delivery())
                .isEqualTo(minute());
        assertThat(message(Map.of("mq_delay", 60_000)).delivery()).isEqualTo(minute());
        assertThat(message(Map.of("mq_delay", "60000")).delivery()).isEqualTo(minute());
        assertThat(message(Map.of("mq_delay", "PT1M")).delivery()).isEqualTo(minute());
        for (Object due : List.of(DUE, DUE.toString(), DUE.toEpochMilli(), Date.from(DUE))) {
            assertThat(message(Map.of("mq_deliveryTime", due)).delivery()).isEqualTo(DeliveryTime.at(DUE));
        }
    }

    private static DeliveryTime minute() {
        return DeliveryTime.after(Duration.ofMinutes(1));
    }

    @Test
    void readsAllThatDescribesTheSend() {
        MessageQueue queue = new MessageQueue("orders", "broker-a", 1);

        SendOptions options = sent(Map.of("mq_timeout", "PT1S", "mq_maxRetries", 0, "mq_queue", queue))
                .options();

        assertThat(options.timeout()).contains(Duration.ofSeconds(1));
        assertThat(options.maxRetries()).hasValue(0);
        assertThat(options.target()).isEqualTo(QueueTarget.queue(queue));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mq_delay|soon|header 'mq_delay' must be a Duration",
                "mq_delay|-5|header 'mq_delay'",
                "mq_delay|99999999999999999999|header 'mq_delay' must be a Duration",
                "mq_deliveryTime|tomorrow|header 'mq_deliveryTime' must be an Instant",
                "mq_delayLevel|x|header 'mq_delayLevel' must be an integer, got 'x'",
                "mq_delayLevel|0|header 'mq_delayLevel': invalid message: delay level must be 1 to 18, got 0",
                "mq_delayLevel|19|header 'mq_delayLevel': invalid message: delay level must be 1 to 18, got 19",
                "DELAY|19|header 'DELAY': ",
                "mq_timeout|0|header 'mq_timeout': timeout must be positive",
                "mq_maxRetries|-1|header 'mq_maxRetries': ",
                "mq_waitForStore|yes|header 'mq_waitForStore' must be true or false, got 'yes'",
                "mq_queue|1|header 'mq_queue' must be a MessageQueue",
                "mq_tags|paid|header 'mq_tags' must be one of MQHeaders",
                "UNIQ_KEY|1|header 'UNIQ_KEY': invalid message: property must not bear a name that RocketMQ reserves",
            })
    void namesTheHeaderThatBreaksARule(String header, String value, String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message(Map.of(header, value)))
                .withMessageStartingWith(text);
        assertThat(producer.sends()).isEmpty();
    }

    @Test
    void refusesTwoDeliveryTimes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message(Map.of("mq_delay", 1000, "DELAY", 3)))
                .withMessage("headers 'mq_delay' and 'DELAY' exclude each other: a message has one delivery time");
    }

    @Test
    void sendsAllOthersAsTheyAre() {
        Map<String, Object> headers = new HashMap<>();
        headers.put("tenant", " ä\t:=✓ ");
        headers.put("attempt", 1);
        headers.put("bytes", new byte[] {'a'});
        headers.put("mime", MimeTypeUtils.TEXT_PLAIN);
        headers.put("nothing", null);
        headers.put("blank", " ");

        assertThat(message(headers).properties())
                .isEqualTo(Map.of("tenant", " ä\t:=✓ ", "attempt", "1", "bytes", "a", "mime", "text/plain"));
    }

    @Test
    void neverSendsWhatIsOfThisProcessOrWasReceived() {
        Map<String, Object> headers = new HashMap<>(mapper.toHeaders(view()));
        headers.put("replyChannel", new Object());
        headers.put("errorChannel", "errors");
        headers.put("conversionHint", new Object());
        headers.put("contentType", "text/plain");

        Message message = message(headers);

        assertThat(message.properties()).isEqualTo(Map.of("tenant", "acme"));
        assertThat(message.tag()).isEmpty();
        assertThat(message.keys()).isEmpty();
    }

    @Test
    void sendsTheContentTypeIfToldTo() {
        MessageHeaders headers = new MessageHeaders(Map.of("contentType", MimeTypeUtils.APPLICATION_JSON));

        new DefaultMQHeaderMapper(true)
                .toSpec(headers, template.destination("orders"))
                .send("x");

        assertThat(producer.sent().message().properties()).isEqualTo(Map.of("contentType", "application/json"));
    }

    @Test
    void tellsAllOfAMessageThatCame() {
        Map<String, Object> headers = mapper.toHeaders(view());

        assertThat(headers)
                .containsEntry("tenant", "acme")
                .containsEntry(MQHeaders.RECEIVED_TOPIC, "replies")
                .containsEntry(MQHeaders.RECEIVED_TAG, "paid")
                .containsEntry(MQHeaders.RECEIVED_KEYS, List.of("a", "b"))
                .containsEntry(MQHeaders.RECEIVED_ORDERING_KEY, "c")
                .containsEntry(MQHeaders.RECEIVED_MESSAGE_ID, "id")
                .containsEntry(MQHeaders.RECEIVED_OFFSET_MESSAGE_ID, "offset")
                .containsEntry(MQHeaders.RECEIVED_TRANSACTION_ID, "tx")
                .containsEntry(MQHeaders.RECEIVED_QUEUE, new MessageQueue("replies", "broker-a", 1))
                .containsEntry(MQHeaders.RECEIVED_QUEUE_OFFSET, 7L)
                .containsEntry(MQHeaders.RECEIVED_BORN_TIME, DUE)
                .containsEntry(MQHeaders.RECEIVED_STORE_TIME, DUE.plusMillis(1))
                .containsEntry(MQHeaders.RECEIVED_FLAG, 5)
                .containsEntry(MQHeaders.RECEIVED_RECONSUME_TIMES, 2)
                .containsEntry(MQHeaders.RECEIVED_PROPERTIES, view().properties());
        assertThat(headers).hasSize(15);
        assertThat(mapper.toHeaders(MessageView.builder("t", new byte[0]).build()))
                .doesNotContainKeys(
                        MQHeaders.RECEIVED_TAG, MQHeaders.RECEIVED_KEYS, MQHeaders.RECEIVED_QUEUE, "tenant");
    }

    private static MessageView view() {
        return MessageView.builder("replies", new byte[] {1})
                .properties(Map.of("tenant", "acme", "TAGS", "paid", "KEYS", "a b", "__SHARDINGKEY", "c"))
                .msgId("id")
                .offsetMsgId("offset")
                .transactionId("tx")
                .stored(new MessageQueue("replies", "broker-a", 1), 7)
                .born(DUE, "host:1")
                .store(DUE.plusMillis(1), "host:2")
                .flag(5)
                .reconsumeTimes(2)
                .build();
    }

    @Test
    void leavesTheDestinationsTagWhenThereIsNoOther() {
        mapper.toSpec(new MessageHeaders(Map.of()), template.destination("orders:created"))
                .send("x");

        assertThat(producer.sent().message().tag()).contains("created");
    }

    @Test
    void knowsEveryHeaderThatItReads() throws IllegalAccessException {
        Set<String> names = new TreeSet<>();
        for (var field : MQHeaders.class.getFields()) {
            names.add((String) field.get(null));
        }
        names.removeIf(name -> name.startsWith(MQHeaders.RECEIVED) || name.equals(MQHeaders.PREFIX));

        assertThat(Arrays.stream(DescribingHeader.values())
                        .map(header -> header.names().get(0)))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    private Message message(Map<String, Object> headers) {
        return sent(headers).message();
    }

    private RecordedSend sent(Map<String, Object> headers) {
        producer.clear();
        mapper.toSpec(new MessageHeaders(headers), template.destination("orders"))
                .send("x");
        return producer.sent();
    }
}
