package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real broker holds after a send is what was sent, and where the result says. */
@Tag("rocketmq")
class RocketMQSendIT {

    private static final int LIMIT = 4 * 1024 * 1024;
    private static final byte[] BODY = "paid \u20ac 5".getBytes(UTF_8);

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void tellsWhereAMessageIsStored() {
        SendResult result;
        try (ProducerUnderTest put = start()) {
            result = put.producer().send(Message.of("send-sync", BODY));
        }

        assertThat(result.status()).isEqualTo(SendStatus.SEND_OK);
        assertThat(result.attempts()).isOne();
        assertThat(result.mayBeDuplicate()).isFalse();
        assertStoredAs(result, "send-sync");
    }

    @Test
    void completesAFutureWithWhereTheMessageIsStored() throws Exception {
        SendResult result;
        try (ProducerUnderTest put = start()) {
            result = put.producer().sendAsync(Message.of("send-future", BODY)).get(5, TimeUnit.SECONDS);
        }

        assertStoredAs(result, "send-future");
    }

    @Test
    void tellsACallbackWhereTheMessageIsStored() throws Exception {
        SendResult result;
        try (ProducerUnderTest put = start()) {
            FutureOfCallback callback = new FutureOfCallback();
            put.producer().sendAsync(Message.of("send-callback", BODY), SendOptions.defaults(), callback);
            result = callback.future().get(5, TimeUnit.SECONDS);
        }

        assertStoredAs(result, "send-callback");
    }

    @Test
    void writesAllOnewayMessagesBeforeItCloses() {
        try (ProducerUnderTest put = start()) {
            for (int i = 0; i < 1_000; i++) {
                put.producer().sendOneway(Message.of("send-oneway", BODY));
            }
            put.producer().close();

            assertThat(put.count(Outcome.HANDED_OVER)).isEqualTo(1_000);
        }

        Eventually.await(
                "oneway messages",
                Duration.ofSeconds(5),
                () -> rocketMQ.cluster().summaries("send-oneway").size() == 1_000);
        assertThat(rocketMQ.cluster().messages("send-oneway"))
                .allSatisfy(stored -> assertThat(stored.body()).isEqualTo(BODY));
    }

    @Test
    void keepsEverythingOfAMessageByteForByte() {
        Message message = Message.builder("send-everything")
                .tag("bezahlt-\u00e4\u00f6\u00fc")
                .keys("order-1", "\u8ba2\u5355-2")
                .property("tenant", "a b=c;d")
                .property("gr\u00fc\u00dfe", "\u4f60\u597d \ud83d\ude80 \t\n")
                .flag(0x7ABCDEF1)
                .waitForStore(false)
                .body(BODY)
                .build();
        SendResult result;

        try (ProducerUnderTest put = start()) {
            result = put.producer().send(message);
        }

        StoredMessage stored = assertStoredAs(result, "send-everything");
        assertThat(stored.tags()).isEqualTo("bezahlt-\u00e4\u00f6\u00fc");
        assertThat(stored.keys()).isEqualTo("order-1 \u8ba2\u5355-2");
        assertThat(stored.flag()).isEqualTo(0x7ABCDEF1);
        assertThat(stored.body()).isEqualTo(BODY);
        assertThat(stored.properties())
                .containsEntry("tenant", "a b=c;d")
                .containsEntry("gr\u00fc\u00dfe", "\u4f60\u597d \ud83d\ude80 \t\n")
                .containsEntry("WAIT", "false")
                .containsEntry("UNIQ_KEY", result.msgId());
        assertThat(stored.bornTimestamp()).isBetween(System.currentTimeMillis() - 60_000, stored.storeTimestamp());
    }

    @Test
    void storesTheBodyAsItWasWhenTheCallReturned() throws Exception {
        byte[] body = BODY.clone();
        try (ProducerUnderTest put = start()) {
            CompletableFuture<SendResult> sending = put.producer().sendAsync(Message.of("send-snapshot", body));
            Arrays.fill(body, (byte) 0);
            sending.get(5, TimeUnit.SECONDS);
        }

        assertThat(rocketMQ.cluster().messages("send-snapshot"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.body()).isEqualTo(BODY));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_536, LIMIT})
    void storesBodiesUpToTheLimit(int size) {
        byte[] body = random(size);
        String topic = "send-size-" + size;

        try (ProducerUnderTest put = start()) {
            put.producer().send(Message.of(topic, body));
        }

        assertThat(rocketMQ.cluster().messages(topic))
                .singleElement()
                .satisfies(stored -> assertThat(stored.body()).isEqualTo(body));
    }

    @Test
    void refusesABodyAboveTheLimitBeforeItIsSent() {
        try (ProducerUnderTest put = start()) {
            assertThatThrownBy(() -> put.producer().send(Message.of("send-too-large", random(LIMIT + 1))))
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.INVALID_MESSAGE);
        }

        assertThat(rocketMQ.cluster().messages("send-too-large")).isEmpty();
    }

    @Test
    void storesABodyAboveTheLimitThatIsBelowItWhenCompressed() {
        byte[] body = "ten bytes ".repeat(LIMIT / 5).getBytes(UTF_8);

        try (ProducerUnderTest put = start()) {
            put.producer().send(Message.of("send-large-compressed", body));
        }

        assertThat(rocketMQ.cluster().messages("send-large-compressed"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.body()).isEqualTo(body));
    }

    @Test
    void sendsThroughTwoProducersOfOneGroupInOneProcess() {
        List<String> sent = new ArrayList<>();
        try (ProducerUnderTest first = start();
                ProducerUnderTest second = start()) {
            for (int i = 0; i < 10; i++) {
                sent.add(first.producer().send(Message.of("send-two", BODY)).msgId());
                sent.add(second.producer().send(Message.of("send-two", BODY)).msgId());
            }
        }

        assertThat(rocketMQ.cluster().messages("send-two"))
                .extracting(StoredMessage::msgId)
                .containsExactlyInAnyOrderElementsOf(sent);
    }

    private static ProducerUnderTest start() {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses());
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Checks that the topic holds this one message, at the place that the result tells. */
    private static StoredMessage assertStoredAs(SendResult result, String topic) {
        List<StoredMessage> all = rocketMQ.cluster().messages(topic);
        assertThat(all).hasSize(1);
        StoredMessage stored = all.get(0);
        assertThat(result.msgId()).isEqualTo(stored.msgId()).hasSize(32);
        assertThat(result.queue()).isEqualTo(new MessageQueue(topic, stored.brokerName(), stored.queueId()));
        assertThat(result.queueOffset()).isEqualTo(stored.queueOffset());
        assertThat(result.offsetMsgId()).contains(stored.offsetMsgId());
        return stored;
    }
}
