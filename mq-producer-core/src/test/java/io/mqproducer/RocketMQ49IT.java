package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.CompressionType;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.test.EmbeddedBroker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.RocketMQVersion;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The ways to send, to servers of RocketMQ 4.9.7, read back by RocketMQ's client of 5.5.0. What differs from 5 (part 3.1 of
 * the protocol notes) and concerns a producer is asserted where it shows.
 */
@Tag("rocketmq")
class RocketMQ49IT {

    private static final byte[] BODY = "paid \u20ac 5".getBytes(UTF_8);
    private static final int TYPE = 0x700;
    private static final int BURST = 20_000;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Brokers that refuse nothing because the machine is busy, which they do not tell of one-way messages. */
    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .version(RocketMQVersion.V4_9_7)
            .brokers(2)
            .brokerProperty("waitTimeMillsInSendQueue", "60000")
            .brokerProperty("osPageCacheBusyTimeOutMills", "60000"));

    @Test
    void keepsEverythingOfAMessageByteForByte() {
        Message message = Message.builder("everything-49")
                .tag("bezahlt-\u00e4\u00f6\u00fc")
                .keys("order-1", "\u8ba2\u5355-2")
                .property("tenant", "a b=c;d")
                .property("gr\u00fc\u00dfe", "\u4f60\u597d \ud83d\ude80 \t\n")
                .flag(0x7ABCDEF1)
                .body(BODY)
                .build();
        SendResult result;

        try (ProducerUnderTest put = start()) {
            result = put.producer().send(message);
        }

        assertThat(result.status()).isEqualTo(SendStatus.SEND_OK);
        assertThat(result.recallHandle()).as("absent before 5.3.2").isEmpty();
        StoredMessage stored = assertStoredAs(result);
        assertThat(stored.tags()).isEqualTo("bezahlt-\u00e4\u00f6\u00fc");
        assertThat(stored.keys()).isEqualTo("order-1 \u8ba2\u5355-2");
        assertThat(stored.flag()).isEqualTo(0x7ABCDEF1);
        assertThat(stored.properties())
                .containsEntry("tenant", "a b=c;d")
                .containsEntry("gr\u00fc\u00dfe", "\u4f60\u597d \ud83d\ude80 \t\n");
        assertThat(stored.bornTimestamp()).isBetween(System.currentTimeMillis() - 60_000, stored.storeTimestamp());
    }

    @Test
    void completesFuturesAndCallbacksWithWhereTheMessageIsStored() throws Exception {
        SendResult ofFuture;
        SendResult ofCallback;
        try (ProducerUnderTest put = start()) {
            ofFuture = put.producer().sendAsync(Message.of("future-49", BODY)).get(5, TimeUnit.SECONDS);
            FutureOfCallback callback = new FutureOfCallback();
            put.producer().sendAsync(Message.of("callback-49", BODY), SendOptions.defaults(), callback);
            ofCallback = callback.future().get(5, TimeUnit.SECONDS);
        }

        assertStoredAs(ofFuture);
        assertStoredAs(ofCallback);
    }

    @Test
    void f86_storesEveryMessageOfAOnewayBurst() {
        rocketMQ.cluster().createTopic("burst-49", 4);
        Message message = Message.of("burst-49", new byte[1024]);

        try (ProducerUnderTest put = start()) {
            for (int i = 0; i < BURST; i++) {
                put.producer().sendOneway(message);
            }
            Eventually.await("the writes", LIMIT, () -> put.count(Outcome.HANDED_OVER) == BURST);
        }

        Eventually.await("the messages", LIMIT, () -> summaries("burst-49").size() == BURST);
    }

    @Test
    void showsAMessageOfADelayLevelWhenItsTimeHasCome() {
        SendResult result;
        try (ProducerUnderTest put = start()) {
            result = put.producer().send(delayed("level-49", DeliveryTime.atLevel(1)));
        }

        Eventually.await("its time", LIMIT, () -> !summaries("level-49").isEmpty());
        assertThat(rocketMQ.cluster().messages("level-49")).singleElement().satisfies(stored -> {
            assertThat(stored.msgId()).isEqualTo(result.msgId());
            assertThat(stored.body()).isEqualTo(BODY);
            assertThat(stored.storeTimestamp() - stored.bornTimestamp()).isBetween(900L, 10_000L);
        });
    }

    /** RocketMQ 5 keeps it until its time has come. */
    @Test
    void f84_warnsOncePerBrokerThatItDeliversAMessageWithADeliveryTimeAtOnce() {
        rocketMQ.cluster().createTopic("timer-49", 1);
        try (LogRecorder log = LogRecorder.of("io.mqproducer.internal.send.TimerSupport");
                ProducerUnderTest put = start()) {
            put.producer().send(delayed("level-18-49", DeliveryTime.atLevel(18)));
            put.producer().send(Message.of("now-49", BODY));
            for (int i = 0; i < 10; i++) { // to both brokers
                put.producer().send(delayed("timer-49", DeliveryTime.after(Duration.ofHours(1))));
            }

            Eventually.await("warnings", LIMIT, () -> log.lines().size() == 2);
            assertThat(log.lines()).allMatch(line -> line.contains("is RocketMQ 4.9.7, which knows no delivery times"));
            assertThat(rocketMQ.cluster().brokers())
                    .allSatisfy(broker -> assertThat(log.lines())
                            .anyMatch(line -> line.startsWith(broker.name() + " at " + broker.address())));
        }
        assertThat(summaries("timer-49")).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"ZLIB, 3", "LZ4, 1", "ZSTD, 2"})
    void compressesSoThatANewClientReadsThePlainBytes(CompressionType type, int number) {
        byte[] body = "ten bytes ".repeat(10_000).getBytes(UTF_8);
        SendResult result;
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.compressionType(type))) {
            result = put.producer().send(Message.of("compressed-49-" + type, body));
        }

        assertThat(rocketMQ.cluster().messages(result.queue().topic()))
                .singleElement()
                .satisfies(stored -> {
                    assertThat((stored.sysFlag() & TYPE) >> 8).isEqualTo(number);
                    assertThat(stored.body()).isEqualTo(body);
                });
    }

    @Test
    void f77_keepsTheOrderOfAKeyInItsQueue() {
        rocketMQ.cluster().createTopic("ordered-49", 3);
        try (ProducerUnderTest put = start()) {
            CompletableFuture.allOf(IntStream.range(0, 200)
                            .mapToObj(i -> put.producer()
                                    .sendAsync(Message.builder("ordered-49")
                                            .orderingKey("polygenelubricants")
                                            .body(Integer.toString(i).getBytes(UTF_8))
                                            .build()))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }

        List<StoredMessage> stored = rocketMQ.cluster().messages("ordered-49").stream()
                .sorted(Comparator.comparingLong(StoredMessage::queueOffset))
                .toList();
        assertThat(stored)
                .extracting(message -> message.brokerName() + message.queueId())
                .containsOnly("broker-a2"); // 2^31 % 6
        assertThat(stored)
                .extracting(message -> new String(message.body(), UTF_8))
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(Integer::toString).toList());
    }

    @Test
    void f11_makesATopicByItsFirstMessageWithAsManyQueuesAsConfigured() {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.defaultTopicQueues(2))) {
            for (int i = 0; i < 8; i++) {
                put.producer().send(Message.of("auto-created-49", BODY));
            }
        }

        assertThat(summaries("auto-created-49"))
                .hasSize(8)
                .extracting(StoredMessage::queueId)
                .containsOnly(0, 1);
    }

    @Test
    void listsTheQueuesOfARouteInRocketMQsOrder() {
        rocketMQ.cluster().createTopic("listed-49", 2);

        try (ProducerUnderTest put = start()) {
            assertThat(put.producer().publishQueues("listed-49"))
                    .containsExactly(
                            new MessageQueue("listed-49", "broker-a", 0),
                            new MessageQueue("listed-49", "broker-a", 1),
                            new MessageQueue("listed-49", "broker-b", 0),
                            new MessageQueue("listed-49", "broker-b", 1));
        }
    }

    /** The answer is 1 SYSTEM_ERROR, which says nothing certain; RocketMQ 5 says 29 INVALID_PARAMETER instead. */
    @Test
    void f44_tellsOfAQueueThatTheTopicNoLongerHas() {
        rocketMQ.cluster().createTopic("shrunk-49", 4);
        SendOptions toLast = SendOptions.defaults().to(QueueTarget.queue(new MessageQueue("shrunk-49", "broker-a", 3)));
        try (ProducerUnderTest put = start()) {
            put.producer().send(Message.of("shrunk-49", BODY), toLast);
            rocketMQ.cluster().createTopic("shrunk-49", 1);

            assertThatThrownBy(() -> put.producer().send(Message.of("shrunk-49", BODY), toLast))
                    .isInstanceOfSatisfying(MessageNotStoredException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.NO_ROUTE);
                        assertThat(failure)
                                .hasMessageContaining("queue 3 of broker-a does not exist")
                                .hasMessageContaining("queueId[3] is illegal");
                    });
        }
    }

    @Test
    void f16_losesNothingWhenABrokerIsKilledAndComesBack() {
        rocketMQ.cluster().createTopic("killed-49", 4);
        EmbeddedBroker brokerB = rocketMQ.cluster().broker("broker-b");
        Ledger ledger = new Ledger(BURST);

        try (ProducerUnderTest put = ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(), b -> b.hook(ledger).sendTimeout(LIMIT))) {
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> IntStream.range(0, BURST)
                    .forEach(i -> ledger.send(put.producer(), i, "killed-49", new byte[1024], SendOptions.defaults())));
            Eventually.await("load", LIMIT, () -> ledger.count(Outcome.ACKED) > BURST / 4);
            brokerB.kill();
            brokerB.restart();
            load.join();
            ledger.awaitAll(LIMIT);
            System.out.printf("[4.9.7, kill -9 under load] %s%n", ledger.arithmetic());
            Eventually.await(
                    "traffic to the restarted broker",
                    LIMIT,
                    () -> put.producer()
                            .send(Message.of("back-49", BODY))
                            .queue()
                            .brokerName()
                            .equals("broker-b"));
        }

        ledger.assertEachEndedOnce();
        assertThat(ledger.count(Outcome.ACKED)).isEqualTo(BURST);
        ledger.assertAgreesWith(summaries("killed-49"));
    }

    private static ProducerUnderTest start() {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses());
    }

    private static Message delayed(String topic, DeliveryTime delivery) {
        return Message.builder(topic).delivery(delivery).body(BODY).build();
    }

    private static List<StoredMessage> summaries(String topic) {
        return rocketMQ.cluster().summaries(topic);
    }

    /** Checks that the topic holds this one message, at the place that the result tells. */
    private static StoredMessage assertStoredAs(SendResult result) {
        List<StoredMessage> all = rocketMQ.cluster().messages(result.queue().topic());
        assertThat(all).hasSize(1);
        StoredMessage stored = all.get(0);
        assertThat(result.msgId()).isEqualTo(stored.msgId()).hasSize(32);
        assertThat(result.queue()).isEqualTo(new MessageQueue(stored.topic(), stored.brokerName(), stored.queueId()));
        assertThat(result.queueOffset()).isEqualTo(stored.queueOffset());
        assertThat(result.offsetMsgId()).contains(stored.offsetMsgId());
        assertThat(stored.body()).isEqualTo(BODY);
        return stored;
    }
}
