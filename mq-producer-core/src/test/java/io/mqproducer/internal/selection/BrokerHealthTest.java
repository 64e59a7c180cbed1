package io.mqproducer.internal.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.Threads;
import io.mqproducer.internal.config.ProducerConfig.Detector;
import io.mqproducer.internal.config.ProducerConfig.FaultTolerance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerHealthTest {

    private static final long MILLI = 1_000_000;
    private static final long START = Long.MAX_VALUE - 60_000 * MILLI; // the clock wraps within the test

    private final BrokerHealth health = new BrokerHealth(new FaultTolerance(false, List.of(), List.of(), Detector.OFF));
    private final BrokerHealth latencies = new BrokerHealth(new FaultTolerance(
            true,
            millis(50, 100, 550, 1800, 3000, 5000, 15000),
            millis(0, 0, 2000, 5000, 6000, 10000, 30000),
            Detector.OFF));

    @Test
    void aBrokerThatNeverFailedIsWell() {
        assertThat(health.allWell()).isTrue();
        assertThat(health.admits("a", START)).isTrue();
        assertThat(health.isolatedFor("a", START)).isZero();
        assertThat(health.isolated(START)).isZero();
    }

    @Test
    void f15b_aFailedBrokerIsAvoidedForHalfASecondThenTriedByOneSend() {
        health.failed("a", START);

        assertThat(health.allWell()).isFalse();
        assertThat(health.isolated(START)).isOne();
        assertThat(health.isolatedFor("a", START)).isEqualTo(500 * MILLI);
        assertThat(health.admits("a", START + 499 * MILLI)).isFalse();
        assertThat(health.admits("a", START + 500 * MILLI)).as("the probe").isTrue();
        assertThat(health.admits("a", START + 500 * MILLI)).as("others").isFalse();
        assertThat(health.admits("b", START)).as("another broker").isTrue();
    }

    @Test
    void f15b_aFailureOfTheProbeDoublesTheTimeUpTo30Seconds() {
        long now = START;
        health.failed("a", now);
        for (long expected : new long[] {1000, 2000, 4000, 8000, 16_000, 30_000, 30_000}) {
            now += health.isolatedFor("a", now);
            assertThat(health.admits("a", now)).isTrue();

            health.failed("a", now);

            assertThat(health.isolatedFor("a", now)).isEqualTo(expected * MILLI);
        }
    }

    @Test
    void f18_manyFailuresOfOneLostConnectionCountOnce() {
        for (int i = 0; i < 10_000; i++) {
            health.failed("a", START + i);
        }

        assertThat(health.isolatedFor("a", START)).isEqualTo(500 * MILLI);
    }

    @Test
    void f15b_theSuccessOfTheProbeClearsAll() {
        health.failed("a", START);
        long now = START + 500 * MILLI;
        assertThat(health.admits("a", now)).isTrue();

        health.answered("a", MILLI, now);

        assertThat(health.allWell()).isTrue();
        assertThat(health.admits("a", now)).isTrue();
        health.failed("a", now);
        assertThat(health.isolatedFor("a", now)).as("begins anew").isEqualTo(500 * MILLI);
    }

    @Test
    void f15b_aProbeThatNobodyHearsOfIsFollowedByAnother() {
        health.failed("a", START);
        assertThat(health.admits("a", START + 500 * MILLI)).isTrue();

        assertThat(health.admits("a", START + 999 * MILLI)).isFalse();
        assertThat(health.admits("a", START + 1000 * MILLI)).isTrue();
    }

    @Test
    void f15b_oneOfManyThreadsGetsTheProbe() {
        AtomicInteger admitted = new AtomicInteger();
        CyclicBarrier round = new CyclicBarrier(3);
        health.failed("a", 0);
        List<Thread> threads = IntStream.range(0, 3)
                .mapToObj(i -> Threads.start("prober", () -> {
                    for (int n = 1; n <= 500; n++) {
                        Threads.await(round);
                        if (health.admits("a", n * 500 * MILLI)) {
                            admitted.incrementAndGet();
                        }
                    }
                }))
                .toList();

        threads.forEach(Threads::join);

        assertThat(admitted).hasValue(500);
    }

    @Test
    void slownessIsNoIllnessUnlessTheLatencyTableIsOn() {
        health.answered("a", Duration.ofSeconds(20).toNanos(), START);

        assertThat(health.allWell()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "49,0",
        "50,0",
        "100,0",
        "549,0",
        "550,2000",
        "1799,2000",
        "1800,5000",
        "3000,6000",
        "5000,10000",
        "14999,10000",
        "15000,30000",
        "100000,30000"
    })
    void theLatencyTableIsRocketMqs(long latency, long avoided) {
        latencies.answered("a", latency * MILLI, START);

        assertThat(latencies.isolatedFor("a", START)).isEqualTo(avoided * MILLI);
        assertThat(latencies.admits("a", START)).isEqualTo(avoided == 0);
        assertThat(latencies.admits("a", START + avoided * MILLI)).isTrue();
        assertThat(latencies.admits("a", START + avoided * MILLI))
                .as("no single probe")
                .isTrue();
    }

    @Test
    void aQuickAnswerDoesNotEndTheTimeOfASlowOne() {
        latencies.answered("a", 600 * MILLI, START);
        latencies.answered("a", MILLI, START + MILLI);
        assertThat(latencies.admits("a", START + 1999 * MILLI)).isFalse();

        latencies.answered("a", MILLI, START + 2000 * MILLI);
        assertThat(latencies.allWell()).isTrue();
    }

    @Test
    void aSlowAnswerShowsThatAFailedBrokerIsThereAgain() {
        latencies.failed("a", START);
        latencies.answered("a", 600 * MILLI, START);

        assertThat(latencies.isolatedFor("a", START)).isEqualTo(2000 * MILLI);
        latencies.failed("a", START + 2000 * MILLI);
        assertThat(latencies.isolatedFor("a", START + 2000 * MILLI)).isEqualTo(500 * MILLI);
    }

    @Test
    void theLongerOfTwoReasonsCounts() {
        latencies.answered("a", 600 * MILLI, START);
        latencies.failed("a", START);

        assertThat(latencies.isolatedFor("a", START)).isEqualTo(2000 * MILLI);
        assertThat(latencies.isolated(START)).isOne();
        assertThat(latencies.isolated(START + 2000 * MILLI)).isZero();
    }

    @Test
    void g7_anAnsweredProbeEndsTheTimeOfABrokerThatFailedAndOneSendTriesIt() {
        health.failed("a", START);
        long probed = START + 100 * MILLI;
        assertThat(health.isFailing("a", probed)).isTrue();

        health.probeAnswered("a", probed);

        assertThat(health.isFailing("a", probed)).isFalse();
        assertThat(health.isolatedFor("a", probed)).isZero();
        assertThat(health.admits("a", probed)).isTrue();
        assertThat(health.admits("a", probed))
                .as("a second send before the first is answered")
                .isFalse();
        health.answered("a", 1, probed + MILLI);
        assertThat(health.allWell()).isTrue();
    }

    @Test
    void g7_aBrokerThatAnswersProbesAndFailsSendsIsAvoidedLongerEachTime() {
        health.failed("a", START);
        health.probeAnswered("a", START + 100 * MILLI);
        health.admits("a", START + 100 * MILLI);

        health.failed("a", START + 200 * MILLI);

        assertThat(health.isolatedFor("a", START + 200 * MILLI)).isEqualTo(1000 * MILLI);
    }

    @Test
    void g7_aProbeSaysNothingOfABrokerThatIsSlowOrWell() {
        latencies.answered("a", 600 * MILLI, START);
        assertThat(latencies.isFailing("a", START)).isFalse();

        latencies.probeAnswered("a", START);
        latencies.probeAnswered("b", START);

        assertThat(latencies.isolatedFor("a", START)).isEqualTo(2000 * MILLI);
        assertThat(latencies.admits("b", START)).isTrue();
    }

    private static List<Duration> millis(long... values) {
        return LongStream.of(values).mapToObj(Duration::ofMillis).toList();
    }
}
