package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.SslOptions;
import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.OfficialReplier;
import io.mqproducer.test.RocketMQVersion;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.TlsMode;
import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.tls.IssuedCertificate;
import io.mqproducer.test.tls.TestCertificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Batches, transactions and questions to servers of RocketMQ 4.9.7, and what those do not know of. */
@Tag("rocketmq")
class RocketMQ49FeaturesIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final byte[] BODY = "paid \u20ac 5".getBytes(UTF_8);

    @RegisterExtension
    static final RocketMQExtension rocketMQ =
            RocketMQExtension.of(EmbeddedRocketMQ.builder().version(RocketMQVersion.V4_9_7));

    @Test
    void m1_m3_storesEachMessageOfABatchAsItselfWhereItsResultSays() {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            messages.add(Message.builder("batch-49")
                    .tag("tag" + i)
                    .keys("key-" + i)
                    .property("n", Integer.toString(i))
                    .flag(i)
                    .body(("body " + i).repeat(1_000).getBytes(UTF_8)) // the batch is compressed
                    .build());
        }
        BatchSendResult result;
        try (ProducerUnderTest put = start()) {
            result = put.producer().sendBatch(messages);
        }

        List<StoredMessage> stored = messages("batch-49");
        assertThat(stored).hasSize(20);
        for (BatchSendResult.Element element : result.elements()) {
            SendResult told = element.result().orElseThrow();
            Message sent = messages.get(element.index());
            assertThat(stored)
                    .filteredOn(message -> message.msgId().equals(told.msgId()))
                    .singleElement()
                    .satisfies(message -> {
                        assertThat(new MessageQueue(message.topic(), message.brokerName(), message.queueId()))
                                .isEqualTo(told.queue());
                        assertThat(message.queueOffset()).isEqualTo(told.queueOffset());
                        assertThat(told.offsetMsgId()).contains(message.offsetMsgId());
                        assertThat(message.tags()).isEqualTo(sent.tag().orElseThrow());
                        assertThat(message.keys()).isEqualTo(sent.keys().get(0));
                        assertThat(message.properties()).containsAllEntriesOf(sent.properties());
                        assertThat(message.flag()).isEqualTo(sent.flag());
                        assertThat(message.body()).isEqualTo(sent.body());
                    });
        }
    }

    @Test
    void m7_gathersSendsIntoBatches() {
        rocketMQ.cluster().createTopic("gathered-49", 2);
        List<CompletableFuture<SendResult>> sends;
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.batchEnabled(true))) {
            sends = IntStream.range(0, 5_000)
                    .mapToObj(i -> put.producer().sendAsync(Message.of("gathered-49", BODY)))
                    .toList();
            sends.forEach(CompletableFuture::join);
        }

        assertThat(messages("gathered-49"))
                .extracting(StoredMessage::msgId)
                .containsExactlyInAnyOrderElementsOf(
                        sends.stream().map(send -> send.join().msgId()).toList());
    }

    @Test
    void n2_n5_commitsAndRollsBack() {
        try (ProducerUnderTest put = start("tx-49", view -> TransactionState.ROLLBACK)) {
            TransactionSendResult dropped =
                    put.producer().sendInTransaction(half("dropped"), half -> TransactionState.ROLLBACK);
            TransactionSendResult kept =
                    put.producer().sendInTransaction(half("kept"), half -> TransactionState.COMMIT);

            assertThat(dropped.confirmed()).isTrue();
            assertThat(kept.confirmed()).isTrue();
            awaitMessages("tx-49", 1);
            assertThat(messages("tx-49")).singleElement().satisfies(stored -> {
                assertThat(stored.msgId()).isEqualTo(kept.msgId());
                assertThat(stored.body()).isEqualTo("kept".getBytes(UTF_8));
                assertThat(stored.tags()).isEqualTo("t");
            });
        }
    }

    /** Its questions name neither topic nor broker. */
    @Test
    void n3_n6_answersTheBrokersQuestions() {
        AtomicInteger asked = new AtomicInteger();
        Function<MessageView, TransactionState> answer = view -> {
            assertThat(view.topic()).isEqualTo("tx-asked-49");
            assertThat(view.body()).isEqualTo("asked".getBytes(UTF_8));
            return asked.incrementAndGet() == 1 ? TransactionState.UNKNOWN : TransactionState.COMMIT;
        };
        try (ProducerUnderTest put = start("tx-asked-49", answer)) {
            Message message =
                    Message.builder("tx-asked-49").body("asked".getBytes(UTF_8)).build();
            TransactionSendResult result = put.producer().sendInTransaction(message, half -> TransactionState.UNKNOWN);

            awaitMessages("tx-asked-49", 1);
            assertThat(messages("tx-asked-49")).extracting(StoredMessage::msgId).containsExactly(result.msgId());
            assertThat(asked).hasValueGreaterThanOrEqualTo(2);
        }
    }

    @Test
    @SuppressWarnings("try") // the replier is there to reply
    void o1_o8_bringsRequestsAndRepliesTogether() {
        rocketMQ.cluster().createTopic("requests-49", 2);
        byte[] large = "x".repeat(6_000).getBytes(UTF_8); // compressed, as its reply
        try (OfficialReplier replier = OfficialReplier.subscribe(rocketMQ.cluster(), "requests-49");
                ProducerUnderTest put = start()) {
            List<CompletableFuture<MessageView>> replies = IntStream.range(0, 100)
                    .mapToObj(i -> put.producer()
                            .requestAsync(
                                    Message.of("requests-49", ("number " + i).getBytes(UTF_8)),
                                    SendOptions.defaults(),
                                    LIMIT))
                    .toList();
            for (int i = 0; i < 100; i++) {
                assertThat(new String(replies.get(i).join().body(), UTF_8)).isEqualTo("reply to number " + i);
            }
            assertThat(put.producer()
                            .request(Message.of("requests-49", large), SendOptions.defaults(), LIMIT)
                            .body())
                    .isEqualTo(("reply to " + new String(large, UTF_8)).getBytes(UTF_8));
        }
    }

    @Test
    void x1_x7_answersWhatToolsAsk() {
        try (ProducerUnderTest put = start()) {
            MQAdmin admin = put.producer().admin();
            admin.createTopic("asked-49", 2);
            MessageQueue queue = new MessageQueue("asked-49", "broker-a", 1);
            Instant begin = Instant.now().minusSeconds(60);
            List<SendResult> sent = IntStream.range(0, 4)
                    .mapToObj(i -> put.producer()
                            .send(Message.builder("asked-49")
                                    .keys("order-7")
                                    .body(BODY)
                                    .build()))
                    .toList();

            assertThat(admin.maxOffset(queue)).isEqualTo(2);
            assertThat(admin.minOffset(queue)).isZero();
            assertThat(admin.earliestStoreTime(queue)).isPresent();
            assertThat(admin.searchOffset(queue, begin)).isZero();
            String offsetMsgId = sent.get(0).offsetMsgId().orElseThrow();
            assertThat(admin.viewMessage("asked-49", offsetMsgId).orElseThrow().msgId())
                    .isEqualTo(sent.get(0).msgId());
            Eventually.await(
                    "the index",
                    LIMIT,
                    () -> admin.queryMessage(
                                            "asked-49",
                                            "order-7",
                                            10,
                                            begin,
                                            Instant.now().plusSeconds(60))
                                    .size()
                            == 4);
            assertThat(admin.viewMessage("asked-49", sent.get(1).msgId())
                            .orElseThrow()
                            .offsetMsgId())
                    .isEqualTo(sent.get(1).offsetMsgId());
        }
    }

    /** They are properties to it like any other. */
    @Test
    void q1_q2_tellsTheQueueThatAnOldBrokerTakesForAPriority() {
        rocketMQ.cluster().createTopic("priority-49", 4);
        try (ProducerUnderTest put = start()) {
            for (int i = 0; i < 4; i++) {
                SendResult result = put.producer()
                        .send(Message.builder("priority-49")
                                .priority(3)
                                .liteTopic("l")
                                .body(BODY)
                                .build());

                assertThat(messages("priority-49"))
                        .filteredOn(stored -> stored.msgId().equals(result.msgId()))
                        .singleElement()
                        .satisfies(stored -> assertThat(stored.queueId())
                                .isEqualTo(result.queue().queueId()));
            }
        }
        assertThat(messages("priority-49")).extracting(StoredMessage::queueId).contains(0, 1, 2, 3);
    }

    @Test
    void p7_saysThatTheBrokerCannotRecall() {
        try (ProducerUnderTest put = start()) {
            SendResult result = put.producer().send(Message.of("recalled-49", BODY));
            String handle = "v1 recalled-49 broker-a " + (System.currentTimeMillis() + 60_000) + " " + result.msgId();

            assertThatThrownBy(() -> put.producer()
                            .recall(
                                    "recalled-49",
                                    Base64.getUrlEncoder().encodeToString(handle.getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(RequestFailedException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.BROKER_REJECTED)
                    .hasMessageContaining("3 REQUEST_CODE_NOT_SUPPORTED");
        }
    }

    @Test
    void s5_speaksTlsWithServersThatTakeNothingElse(@TempDir Path folder) {
        TestCertificates certificates = TestCertificates.in(folder);
        IssuedCertificate good = certificates.issue("good", "good", "-ext", "san=ip:127.0.0.1");
        SslOptions trusting =
                SslOptions.builder().trustCertificate(certificates.authority()).build();
        try (EmbeddedRocketMQ encrypted = EmbeddedRocketMQ.builder()
                        .version(RocketMQVersion.V4_9_7)
                        .tls(TlsMode.ENFORCING)
                        .jvmOptions(
                                "-Dtls.test.mode.enable=false",
                                "-Dtls.server.certPath=" + good.certificate(),
                                "-Dtls.server.keyPath=" + good.key())
                        .start();
                ProducerUnderTest put =
                        ProducerUnderTest.start(encrypted.nameServerAddresses(), b -> b.ssl(trusting))) {
            SendResult result = put.producer().send(Message.of("tls-49", BODY));

            assertThat(encrypted.messages("tls-49"))
                    .extracting(StoredMessage::msgId)
                    .containsExactly(result.msgId());
        }
    }

    private static Message half(String body) {
        return Message.builder("tx-49").tag("t").body(body.getBytes(UTF_8)).build();
    }

    private static ProducerUnderTest start() {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses());
    }

    private static ProducerUnderTest start(String topic, Function<MessageView, TransactionState> answer) {
        rocketMQ.cluster().createTopic(topic, 4);
        return ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(),
                builder -> builder.transactionChecker(TransactionChecker.of(topic, answer::apply)));
    }

    private static void awaitMessages(String topic, int count) {
        Eventually.await(topic, LIMIT, () -> messages(topic).size() >= count);
    }

    private static List<StoredMessage> messages(String topic) {
        return rocketMQ.cluster().messages(topic);
    }
}
