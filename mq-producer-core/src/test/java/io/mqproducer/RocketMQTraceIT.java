package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** V1 to V5: message traces in a real broker, read by RocketMQ's own client and tools. */
@Tag("rocketmq")
class RocketMQTraceIT {

    private static final String TRACES = "RMQ_SYS_TRACE_TOPIC";
    private static final byte[] BODY = "hello".repeat(2000).getBytes(UTF_8);

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    private static ProducerUnderTest start() {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses(), settings -> settings.traceEnabled(true));
    }

    /** What RocketMQ's client reads in all trace messages. */
    private static List<Map<String, String>> traces(String topicOfTraces) {
        EmbeddedRocketMQ cluster = rocketMQ.cluster();
        List<Map<String, String>> traces = new ArrayList<>();
        for (StoredMessage stored : cluster.messages(topicOfTraces)) {
            traces.addAll(cluster.client().traces(stored.body()));
        }
        return traces;
    }

    private static Map<String, String> trace(String msgId) {
        return traces(TRACES).stream()
                .filter(trace -> trace.get("MsgId").equals(msgId))
                .reduce((one, other) -> {
                    throw new AssertionError("two traces of " + msgId + ": " + one + other);
                })
                .orElseThrow(() -> new AssertionError("no trace of " + msgId));
    }

    @Test
    void v3_aMessageIsTracedWithAllThatIsKnownOfIt() {
        long before = System.currentTimeMillis();
        SendResult result;
        try (ProducerUnderTest put = start()) {
            result = put.producer()
                    .send(Message.builder("trace-all")
                            .tag("TagA")
                            .keys("k1", "k2")
                            .body(BODY)
                            .build());
        }

        Map<String, String> trace = trace(result.msgId());
        assertThat(trace)
                .containsEntry("TraceType", "Pub")
                .containsEntry("RegionId", result.regionId().orElseThrow())
                .containsEntry("GroupName", "PG")
                .containsEntry("Topic", "trace-all")
                .containsEntry("Tags", "TagA")
                .containsEntry("Keys", "k1 k2")
                .containsEntry("StoreHost", rocketMQ.cluster().brokers().get(0).address())
                .containsEntry("BodyLength", Integer.toString(BODY.length))
                .containsEntry("MsgType", "Normal_Msg")
                .containsEntry("OffsetMsgId", result.offsetMsgId().orElseThrow())
                .containsEntry("Success", "true");
        assertThat(Long.parseLong(trace.get("TimeStamp"))).isBetween(before, System.currentTimeMillis());
        assertThat(Integer.parseInt(trace.get("CostTime"))).isBetween(0, 3000);
    }

    @Test
    void v1_mqadminFindsATraceByTheMessagesId() {
        SendResult result;
        try (ProducerUnderTest put = start()) {
            result = put.producer().send(Message.of("trace-mqadmin", BODY));
        }

        Eventually.await(
                "the broker's index",
                Duration.ofSeconds(10),
                () -> rocketMQ.cluster()
                        .client()
                        .admin("queryMsgTraceById", "-i", result.msgId())
                        .contains("PG"));
        assertThat(rocketMQ.cluster().client().admin("queryMsgTraceById", "-i", result.msgId()))
                .containsPattern("Pub +PG .* success");
    }

    @Test
    void v3_theKindOfAMessageIsTraced() throws Exception {
        SendResult delayed;
        SendResult timed;
        SendResult ordered;
        SendResult async;
        try (ProducerUnderTest put = start()) {
            delayed = put.producer()
                    .send(Message.builder("trace-kinds")
                            .delivery(DeliveryTime.atLevel(1))
                            .body(BODY)
                            .build());
            timed = put.producer()
                    .send(Message.builder("trace-kinds")
                            .delivery(DeliveryTime.after(Duration.ofSeconds(1)))
                            .body(BODY)
                            .build());
            ordered = put.producer()
                    .send(Message.builder("trace-kinds")
                            .orderingKey("k")
                            .body(BODY)
                            .build());
            async = put.producer().sendAsync(Message.of("trace-kinds", BODY)).get(5, TimeUnit.SECONDS);
        }

        assertThat(trace(delayed.msgId())).containsEntry("MsgType", "Delay_Msg");
        assertThat(trace(timed.msgId())).containsEntry("MsgType", "Delay_Msg");
        assertThat(trace(ordered.msgId())).containsEntry("MsgType", "Order_Msg");
        assertThat(trace(async.msgId()))
                .containsEntry("MsgType", "Normal_Msg")
                .containsEntry("Tags", "null")
                .containsEntry("Keys", "null");
    }

    @Test
    void v3_aTransactionIsTracedAsAHalfMessageAndItsEnd() {
        TransactionSendResult committed;
        TransactionSendResult rolledBack;
        try (ProducerUnderTest put = ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(),
                settings -> settings.traceEnabled(true)
                        .transactionChecker(
                                TransactionChecker.of("trace-transaction", message -> TransactionState.UNKNOWN)))) {
            Message message = Message.of("trace-transaction", BODY);
            committed = put.producer().sendInTransaction(message, half -> TransactionState.COMMIT);
            rolledBack = put.producer().sendInTransaction(message, half -> TransactionState.ROLLBACK);
        }

        assertThat(ended(committed.msgId()))
                .containsEntry("TransactionState", "COMMIT_MESSAGE")
                .containsEntry("FromTransactionCheck", "false")
                .containsEntry("MsgType", "Trans_msg_Commit")
                .containsEntry("TransactionId", committed.transactionId())
                .containsEntry("Topic", "trace-transaction")
                .containsEntry("GroupName", "PG")
                .containsEntry("StoreHost", rocketMQ.cluster().brokers().get(0).address());
        assertThat(ended(rolledBack.msgId())).containsEntry("TransactionState", "ROLLBACK_MESSAGE");
        assertThat(traces(TRACES).stream()
                        .filter(trace -> trace.get("MsgId").equals(committed.msgId()))
                        .filter(trace -> trace.get("TraceType").equals("Pub")))
                .singleElement()
                .satisfies(half -> assertThat(half)
                        .containsEntry("MsgType", "Trans_Msg_Half")
                        .containsEntry("Success", "true"));
    }

    private static Map<String, String> ended(String msgId) {
        return traces(TRACES).stream()
                .filter(trace -> trace.get("TraceType").equals("EndTransaction"))
                .filter(trace -> trace.get("MsgId").equals(msgId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void v6_aRecallIsTracedWhetherItSucceedsOrNot() {
        SendResult delayed;
        try (ProducerUnderTest put = start()) {
            delayed = put.producer()
                    .send(Message.builder("trace-recall")
                            .delivery(DeliveryTime.after(Duration.ofMinutes(1)))
                            .body(BODY)
                            .build());
            put.producer().recall("trace-recall", delayed.recallHandle().orElseThrow());
        }

        assertThat(traces(TRACES).stream()
                        .filter(trace -> trace.get("TraceType").equals("Recall")))
                .singleElement()
                .satisfies(recall -> assertThat(recall)
                        .containsEntry("MsgId", delayed.msgId())
                        .containsEntry("Topic", "trace-recall")
                        .containsEntry("GroupName", "PG")
                        .containsEntry("Success", "true"));
    }

    @Test
    void v3_aMessageThatIsRefusedByTheBrokerIsTracedAsFailed() {
        String msgId;
        try (ProducerUnderTest put = start()) {
            put.producer().send(Message.of("trace-failed", BODY));
            MessageNotStoredException failure = failure(put, "trace-failed");
            msgId = failure.getMessage().replaceAll(".*msgId=([0-9A-F]+).*", "$1");
        }

        assertThat(trace(msgId))
                .containsEntry("TraceType", "Pub")
                .containsEntry("Topic", "trace-failed")
                .containsEntry("OffsetMsgId", "null")
                .containsEntry("Success", "false");
    }

    private static MessageNotStoredException failure(ProducerUnderTest put, String topic) {
        SendOptions nowhere = SendOptions.defaults()
                .withMaxRetries(0)
                .to(QueueTarget.queue(new MessageQueue(topic, "broker-a", 4711)));
        try {
            put.producer().send(Message.of(topic, BODY), nowhere);
        } catch (MessageNotStoredException e) {
            return e;
        }
        throw new AssertionError("stored");
    }

    @Test
    void v2_allTracesAreStoredWhenTheProducerIsClosedAndTenAtMostInAMessage() throws Exception {
        String topic = "trace-many";
        Message message = Message.of(topic, "hello".getBytes(UTF_8));
        SendOptions patiently = SendOptions.defaults().withTimeout(Duration.ofSeconds(20));
        List<String> sent = new ArrayList<>();
        try (ProducerUnderTest put = ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(),
                settings -> settings.traceEnabled(true).traceTopic("trace-topic-of-its-own"))) {
            List<CompletableFuture<SendResult>> sends = new ArrayList<>();
            for (int i = 0; i < 1003; i++) {
                sends.add(put.producer().sendAsync(message, patiently));
            }
            for (CompletableFuture<SendResult> send : sends) {
                sent.add(send.get(20, TimeUnit.SECONDS).msgId());
            }
            put.producer().sendOneway(message);
        }

        List<Map<String, String>> traces = traces("trace-topic-of-its-own");
        assertThat(traces).extracting(trace -> trace.get("MsgId")).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(rocketMQ.cluster().summaries("trace-topic-of-its-own")).hasSizeBetween(101, 200);
    }

    @Test
    void tracesAreNeitherTracedNorSeenByHooksAndMetersNorCountedInFlight() {
        try (ProducerUnderTest put = start()) {
            put.producer().send(Message.of("trace-unseen", BODY));
            put.producer().send(Message.of(TRACES, "no trace".getBytes(UTF_8)));
            put.producer().stop(Duration.ofSeconds(5));

            assertThat(put.begun()).isEqualTo(2);
        }
        assertThat(rocketMQ.cluster().messages(TRACES).stream()
                        .filter(stored -> !new String(stored.body(), UTF_8).equals("no trace"))
                        .flatMap(stored -> rocketMQ.cluster().client().traces(stored.body()).stream()))
                .noneMatch(trace -> trace.get("Topic").equals(TRACES));
    }

    @Test
    void v1_nothingIsTracedIfThatIsOff() {
        String msgId;
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            msgId = put.producer().send(Message.of("trace-off", BODY)).msgId();

            assertThat(put.threads()).noneMatch(thread -> thread.contains("-trace"));
        }
        assertThat(rocketMQ.cluster().messages(TRACES))
                .allSatisfy(
                        stored -> assertThat(new String(stored.body(), UTF_8)).doesNotContain(msgId));
    }

    @Test
    void v5_aBrokerThatWantsNoTracesGetsNone() {
        try (EmbeddedRocketMQ untraced =
                EmbeddedRocketMQ.builder().brokerProperty("traceOn", "false").start()) {
            try (ProducerUnderTest put =
                    ProducerUnderTest.start(untraced.nameServerAddresses(), settings -> settings.traceEnabled(true))) {
                put.producer().send(Message.of("trace-unwanted", BODY));
            }
            assertThat(untraced.messages("trace-unwanted")).hasSize(1);
            assertThat(untraced.messages(TRACES)).isEmpty();
        }
    }

    @Test
    void theTopicIsCheckedWhenTheProducerIsBuilt() {
        assertThatThrownBy(() -> MQProducer.builder("PG")
                        .traceEnabled(true)
                        .traceTopic("SCHEDULE_TOPIC_XXXX")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("trace.topic: ");
        assertThatThrownBy(() -> MQProducer.builder("PG").traceBatchSize(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trace.batch-size must be 1 to 100, got 0");
    }
}
