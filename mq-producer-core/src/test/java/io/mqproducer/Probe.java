package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What tests of faults send, and how they look at time and at conditions. */
final class Probe {

    static final String TOPIC = "T";

    /** Request codes as a peer sees them. */
    static final int SEND_MESSAGE_V2 = 310;

    static final int GET_ROUTE = 105;

    /** What a peer's answer may take to get through two busy cores. */
    static final long SLACK_MILLIS = 250;

    private Probe() {}

    static Message message() {
        return message("hello");
    }

    static Message message(String text) {
        return Message.of(TOPIC, text.getBytes(StandardCharsets.UTF_8));
    }

    static SendOptions within(long millis) {
        return SendOptions.defaults().withTimeout(Duration.ofMillis(millis));
    }

    /** Sends and fails once each way, so that no test measures how long classes take to load. */
    static void warmUp() {
        try (FakeCluster cluster = FakeCluster.start(1);
                ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (SendVia via : SendVia.values()) {
                via.send(put.producer(), message(), within(10_000));
            }
            cluster.broker(0).on(SEND_MESSAGE_V2, Reply.success());
            for (SendVia via : SendVia.values()) {
                via.failure(put.producer(), message(), within(10_000));
            }
        }
    }

    /** To one queue, from which no retry may move. */
    static SendOptions to(String brokerName, int queueId) {
        return within(2000).to(QueueTarget.queue(new MessageQueue(TOPIC, brokerName, queueId)));
    }

    static long millisSince(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    /** That something which began then ended at its deadline: neither before nor long after. */
    static void assertEndedAtDeadline(long startNanos, long timeoutMillis) {
        assertThat(millisSince(startNanos)).isBetween(timeoutMillis - 10, timeoutMillis + SLACK_MILLIS);
    }

    static void await(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("within " + limit + " not seen: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
