package io.mqproducer.benchmarks.load;

import io.mqproducer.benchmarks.client.BenchmarkClient;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** The callers of a load, which live as long as the process and send while a round lasts. */
final class LoadRun {

    private final List<Caller> callers = new ArrayList<>();
    private final CyclicBarrier start;
    private final CyclicBarrier end;
    private final int otherThreads;

    LoadRun(BenchmarkClient client, Load load, String[] topics, int threadsBefore) throws Exception {
        start = new CyclicBarrier(load.callers() + 1);
        end = new CyclicBarrier(load.callers() + 1);
        byte[][] bodies = load.body().variants();
        for (int i = 0; i < load.callers(); i++) {
            Caller caller = switch (load.mode()) {
                case SYNC -> new SyncCaller(client, topics, bodies);
                case ASYNC -> new AsyncCaller(client, topics, bodies, load.inFlight() / load.callers(), load.rate());
                case BATCH -> new BatchCaller(client, topics, bodies, load.inFlight());
            };
            callers.add(caller);
            CallerThreads.start(() -> keepCalling(caller), load.virtualThreads());
        }
        otherThreads = threadsBefore + (load.virtualThreads() ? 0 : load.callers());
    }

    private void keepCalling(Caller caller) {
        try {
            while (true) {
                start.await();
                caller.call();
                end.await();
            }
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /** One round of at least so long; it ends when all is answered. */
    Measurement round(long millis) throws Exception {
        System.gc();
        callers.forEach(Caller::reset);
        ProcessCounters before = ProcessCounters.now();
        long began = System.nanoTime();
        start.await();
        sleep(began + TimeUnit.MILLISECONDS.toNanos(millis));
        callers.forEach(Caller::stop);
        end.await();
        long elapsed = System.nanoTime() - began;
        int threads = ProcessCounters.liveThreads() - otherThreads;
        return measurement(elapsed, before, ProcessCounters.now(), threads);
    }

    private static void sleep(long until) {
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private Measurement measurement(long elapsed, ProcessCounters before, ProcessCounters after, int threads) {
        Histogram all = new Histogram(3);
        long failed = 0;
        for (Caller caller : callers) {
            all.add(caller.latencies());
            failed += caller.failed();
        }
        return new Measurement(
                all.getTotalCount(),
                failed,
                elapsed,
                all.getValueAtPercentile(50),
                all.getValueAtPercentile(99),
                all.getValueAtPercentile(99.9),
                after.cpu() - before.cpu(),
                after.allocated() - before.allocated(),
                threads,
                ProcessCounters.rss(),
                after.writes() - before.writes(),
                after.written() - before.written());
    }
}
