package io.mqproducer;

import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** G7: brokers that failed are probed in the background, if that is wanted. */
class FaultDetectorIT {

    private static final int HEARTBEAT = 34;

    private final FakeCluster cluster = FakeCluster.start(2);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    private ProducerUnderTest start(boolean enabled) {
        return ProducerUnderTest.start(
                cluster.nameServers(),
                settings -> settings.faultToleranceDetectorEnabled(enabled)
                        .faultToleranceDetectorInterval(Duration.ofMillis(50)));
    }

    private static Duration isolation(ProducerUnderTest put) {
        return put.producer().status().brokers().get(0).isolatedFor();
    }

    /** Sends until broker-a is avoided for seconds. */
    private static void sendUntilIsolated(ProducerUnderTest put) {
        Eventually.await("isolation", Duration.ofSeconds(10), () -> {
            put.producer().send(message(), within(2000));
            return !put.producer().status().brokers().isEmpty()
                    && isolation(put).compareTo(Duration.ofMillis(3500)) > 0;
        });
    }

    @Test
    void g7_aBrokerThatIsWellAgainIsUsedLongBeforeItsTimeIsOver() {
        cluster.broker(0).stopListening();
        try (ProducerUnderTest put = start(true)) {
            sendUntilIsolated(put);

            cluster.broker(0).listenAgain();

            Eventually.await("broker-a is used again", Duration.ofMillis(2000), () -> {
                SendResult result = put.producer().send(message(), within(2000));
                return result.queue().brokerName().equals("broker-a");
            });
            assertThat(isolation(put)).isZero();
        }
    }

    @Test
    void g7_nobodyIsProbedWhoIsWellOrIfItIsOff() {
        try (ProducerUnderTest put = start(true)) {
            long start = System.nanoTime();
            while (Probe.millisSince(start) < 300) {
                put.producer().send(message(), within(2000));
            }
            assertThat(cluster.broker(0).requests(HEARTBEAT)).as("the greeting").hasSize(1);
        }
        cluster.broker(0).stopListening();
        try (ProducerUnderTest put = start(false)) {
            sendUntilIsolated(put);
            cluster.broker(0).listenAgain();
            int accepted = cluster.broker(0).connections().accepted();

            assertThat(put.producer().send(message(), within(2000)).queue().brokerName())
                    .isEqualTo("broker-b");
            assertThat(cluster.broker(0).connections().accepted()).isEqualTo(accepted);
        }
    }
}
