package io.mqproducer.internal.selection;

import io.mqproducer.internal.config.ProducerConfig.FaultTolerance;
import io.mqproducer.internal.route.BrokerLatency;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which brokers are avoided: those that failed (for 0.5 s, doubling to 30 s; then one send tries it, and its success
 * clears it), and, if configured, those that answered slowly (RocketMQ's latency table). Thread-safe. While all brokers
 * are well it costs a send one read. Times by {@link System#nanoTime}.
 */
public final class BrokerHealth {

    private static final long FIRST_ISOLATION = Duration.ofMillis(500).toNanos();
    private static final long LAST_ISOLATION = Duration.ofSeconds(30).toNanos();

    private final boolean watchesLatency;
    private final long[] thresholds;
    private final long[] isolations;
    private final Map<String, Illness> ill = new ConcurrentHashMap<>();
    private final Map<String, BrokerLatency> latencies = new ConcurrentHashMap<>();
    private final AtomicInteger illBrokers = new AtomicInteger();

    public BrokerHealth(FaultTolerance settings) {
        this.watchesLatency = settings.enabled();
        this.thresholds = nanos(settings.latencyThresholds());
        this.isolations = nanos(settings.isolationTimes());
    }

    private static long[] nanos(List<Duration> durations) {
        return durations.stream().mapToLong(Duration::toNanos).toArray();
    }

    /** A connect or an attempt to this broker failed, or its connection was lost. */
    public void failed(String broker, long now) {
        ill.compute(broker, (name, known) -> {
            Illness illness = known == null ? newIllness() : known;
            illness.failed(now);
            return illness;
        });
    }

    /** An attempt to this broker was answered, after so long. */
    public void answered(String broker, long latency, long now) {
        long isolation = watchesLatency ? isolationFor(latency) : 0;
        if (isolation > 0) {
            ill.compute(broker, (name, known) -> {
                Illness illness = known == null ? newIllness() : known;
                illness.slow(now, isolation);
                return illness;
            });
        } else if (illBrokers.get() > 0) {
            ill.computeIfPresent(broker, (name, known) -> {
                if (known.recovered(now)) {
                    illBrokers.decrementAndGet();
                    return null;
                }
                return known;
            });
        }
    }

    /** Whether this broker is avoided at the moment because it failed, not because it was slow. */
    public boolean isFailing(String broker, long now) {
        Illness illness = ill.get(broker);
        return illness != null && illness.isFailing(now);
    }

    /**
     * A probe of this broker was answered: its time is over now, and a send may try it. Only that clears it, because a
     * broker may answer probes and yet store nothing.
     */
    public void probeAnswered(String broker, long now) {
        Illness illness = ill.get(broker);
        if (illness != null) {
            illness.probeAnswered(now);
        }
    }

    /** Where the time that this broker takes to answer is noted; always the same. */
    public BrokerLatency latencyOf(String broker) {
        return latencies.computeIfAbsent(broker, name -> BrokerLatency.unknown());
    }

    private Illness newIllness() {
        illBrokers.incrementAndGet();
        return new Illness();
    }

    private long isolationFor(long latency) {
        for (int i = thresholds.length - 1; i >= 0; i--) {
            if (latency >= thresholds[i]) {
                return isolations[i];
            }
        }
        return 0;
    }

    /** Whether all brokers are well, so that none need be looked up. */
    boolean allWell() {
        return illBrokers.get() == 0;
    }

    /** Whether a send may choose this broker; when its time is over, the one that asks first may, alone. */
    boolean admits(String broker, long now) {
        Illness illness = ill.get(broker);
        return illness == null || illness.admits(now);
    }

    /** When this broker last failed; the distant past for one that has not. */
    long lastFailure(String broker, long now) {
        Illness illness = ill.get(broker);
        return illness == null ? now - Long.MAX_VALUE / 2 : illness.lastFailure();
    }

    /** How much longer this broker is avoided; zero or less if it is not. */
    public long isolatedFor(String broker, long now) {
        Illness illness = ill.get(broker);
        return illness == null ? 0 : illness.avoidedUntil(now) - now;
    }

    /** How many brokers are avoided at this moment. */
    public int isolated(long now) {
        return (int) ill.values().stream()
                .filter(illness -> illness.avoidedUntil(now) - now > 0)
                .count();
    }

    /** What is wrong with one broker. */
    private static final class Illness {

        /** How long it is avoided after its next failure but one; zero while it does not fail. */
        private long isolation;

        private long failedUntil;
        private long lastFailure;
        private boolean probing;
        private boolean slow;
        private long slowUntil;

        /** Counts once per isolation: a lost connection fails thousands of sends, and is one failure. */
        synchronized void failed(long now) {
            lastFailure = now;
            if (isolation == 0 || probing || failedUntil - now <= 0) {
                isolation = isolation == 0 ? FIRST_ISOLATION : Math.min(2 * isolation, LAST_ISOLATION);
                failedUntil = now + isolation;
                probing = false;
            }
        }

        synchronized void slow(long now, long time) {
            isolation = 0;
            probing = false;
            slow = true;
            slowUntil = now + time;
        }

        /** It has answered in time: it no longer fails. Tells whether nothing else is wrong either. */
        synchronized boolean recovered(long now) {
            isolation = 0;
            probing = false;
            return !slow || slowUntil - now <= 0;
        }

        synchronized boolean admits(long now) {
            if (slow && slowUntil - now > 0) {
                return false;
            }
            if (isolation == 0) {
                return true;
            }
            if (failedUntil - now > 0) {
                return false;
            }
            failedUntil = now + isolation; // this send is the probe; others go on avoiding the broker meanwhile
            probing = true;
            return true;
        }

        synchronized boolean isFailing(long now) {
            return isolation != 0 && !probing && failedUntil - now > 0;
        }

        synchronized void probeAnswered(long now) {
            if (isFailing(now)) {
                failedUntil = now;
            }
        }

        synchronized long lastFailure() {
            return lastFailure;
        }

        synchronized long avoidedUntil(long now) {
            long failing = isolation == 0 ? now : failedUntil;
            long slowly = slow ? slowUntil : now;
            return failing - slowly > 0 ? failing : slowly;
        }
    }
}
