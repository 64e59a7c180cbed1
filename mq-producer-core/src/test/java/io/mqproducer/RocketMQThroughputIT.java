package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A load that keeps two real brokers busy: each message of it has one outcome, and that outcome is true. */
@Tag("rocketmq")
class RocketMQThroughputIT {

    private static final int MESSAGES = 200_000;
    private static final int THREADS = 8;
    private static final int KIB = 1024;
    private static final int QUEUES = 4;

    @RegisterExtension
    static final RocketMQExtension rocketMQ =
            RocketMQExtension.of(EmbeddedRocketMQ.builder().brokers(2));

    @Test
    void i1_i3_i5_givesEachOf200000MessagesOneOutcomeThatIsTrue() throws InterruptedException {
        rocketMQ.cluster().createTopic("load", QUEUES);
        Ledger ledger = new Ledger(MESSAGES);
        byte[] body = new byte[KIB];
        new Random(7).nextBytes(body);

        try (ProducerUnderTest put = ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(), b -> b.hook(ledger).sendTimeout(Duration.ofSeconds(10)))) {
            long start = System.nanoTime();
            fromThreads(number -> ledger.send(put.producer(), number, "load", body, SendOptions.defaults()));
            ledger.awaitAll(Duration.ofSeconds(60));
            print(ledger, System.nanoTime() - start);
        }

        ledger.assertEachEndedOnce();
        assertThat(ledger.count(Outcome.ACKED)).isEqualTo(MESSAGES);
        List<StoredMessage> stored = rocketMQ.cluster().summaries("load");
        ledger.assertAgreesWith(stored);
        assertThat(stored.stream()
                        .filter(message -> message.bodyLength() == KIB)
                        .count())
                .isEqualTo(MESSAGES);
    }

    @Test
    void spreadsMessagesOverAllQueuesOfBothBrokers() {
        rocketMQ.cluster().createTopic("spread", QUEUES);

        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            for (int i = 0; i < 10 * 2 * QUEUES; i++) {
                put.producer().send(Message.of("spread", new byte[1]));
            }
        }

        Map<String, Long> perQueue = rocketMQ.cluster().summaries("spread").stream()
                .collect(Collectors.groupingBy(
                        message -> message.brokerName() + ":" + message.queueId(), Collectors.counting()));
        assertThat(perQueue)
                .hasSize(2 * QUEUES)
                .allSatisfy((queue, count) -> assertThat(count).isEqualTo(10));
    }

    private static void fromThreads(IntConsumer send) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            threads.execute(() -> IntStream.iterate(first, n -> n < MESSAGES, n -> n + THREADS)
                    .forEach(send));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private static void print(Ledger ledger, long nanos) {
        System.out.printf(
                "[throughput] %d messages of 1 KiB from %d threads to two brokers in %d ms: %d/s; %s%n",
                MESSAGES,
                THREADS,
                TimeUnit.NANOSECONDS.toMillis(nanos),
                MESSAGES * TimeUnit.SECONDS.toNanos(1) / nanos,
                ledger.arithmetic());
    }
}
