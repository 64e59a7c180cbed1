package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One-way messages as fast as the producer accepts them are all stored by a real broker, which tells nobody what it drops. */
@Tag("rocketmq")
class RocketMQOnewayBurstIT {

    private static final int MESSAGES = 100_000;
    private static final int NORMAL_SENDS = 500;
    private static final String TOPIC = "oneway-burst";

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void f86_storesThemAllAndTheNextSendIsNotKeptWaiting() {
        rocketMQ.cluster().createTopic(TOPIC, 4);
        byte[] body = new byte[1024];
        new Random(7).nextBytes(body);
        Message message = Message.of(TOPIC, body);
        long[] normal = new long[NORMAL_SENDS];

        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            for (int i = 0; i < NORMAL_SENDS; i++) {
                normal[i] = timed(() -> put.producer().send(message));
            }
            long accepted = timed(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                    put.producer().sendOneway(message);
                }
            });
            long next = timed(() -> put.producer().send(message));
            Arrays.sort(normal);
            System.out.printf(
                    "[oneway burst] %d messages of 1 KiB accepted in %d ms; next send after %d us; p50 %d us and p99 %d us before%n",
                    MESSAGES, accepted / 1000, next, normal[NORMAL_SENDS / 2], normal[NORMAL_SENDS * 99 / 100]);

            assertThat(next).as("microseconds of the next send").isLessThan(200_000);
            Eventually.await("the writes", Duration.ofSeconds(5), () -> put.count(Outcome.HANDED_OVER) == MESSAGES);
        }
        Eventually.await("the messages", Duration.ofSeconds(20), () -> stored() == MESSAGES + NORMAL_SENDS + 1);
    }

    private static int stored() {
        return rocketMQ.cluster().summaries(TOPIC).size();
    }

    private static long timed(Runnable action) {
        long begun = System.nanoTime();
        action.run();
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
    }
}
