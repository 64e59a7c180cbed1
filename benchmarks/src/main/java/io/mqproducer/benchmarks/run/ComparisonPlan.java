package io.mqproducer.benchmarks.run;

import static io.mqproducer.benchmarks.client.ClientKind.LIMIT;
import static io.mqproducer.benchmarks.client.ClientKind.OFFICIAL;
import static io.mqproducer.benchmarks.client.ClientKind.OFFICIAL_AUTO_BATCH;
import static io.mqproducer.benchmarks.client.ClientKind.OFFICIAL_UNCOMPRESSED;
import static io.mqproducer.benchmarks.client.ClientKind.OURS;
import static io.mqproducer.benchmarks.client.ClientKind.OURS_BATCHING;
import static io.mqproducer.benchmarks.client.ClientKind.OURS_CALLBACK;
import static io.mqproducer.benchmarks.client.ClientKind.OURS_LZ4;
import static io.mqproducer.benchmarks.client.ClientKind.OURS_METERS;
import static io.mqproducer.benchmarks.client.ClientKind.OURS_TWO_HOOKS;
import static io.mqproducer.benchmarks.client.ClientKind.TEMPLATE;
import static io.mqproducer.benchmarks.client.ClientKind.TEMPLATE_METERS;
import static io.mqproducer.benchmarks.plan.Bar.atLeast;
import static io.mqproducer.benchmarks.plan.Bar.atMost;
import static io.mqproducer.benchmarks.plan.Bar.atMostAbove;
import static io.mqproducer.benchmarks.plan.Metric.ALLOCATED;
import static io.mqproducer.benchmarks.plan.Metric.CPU;
import static io.mqproducer.benchmarks.plan.Metric.P50;
import static io.mqproducer.benchmarks.plan.Metric.P999;
import static io.mqproducer.benchmarks.plan.Metric.RSS;
import static io.mqproducer.benchmarks.plan.Metric.THREADS;
import static io.mqproducer.benchmarks.plan.Metric.THROUGHPUT;
import static io.mqproducer.benchmarks.plan.Metric.WRITES;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.client.RequestExtras;
import io.mqproducer.benchmarks.plan.Bar;
import io.mqproducer.benchmarks.plan.Body;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Row;
import java.util.ArrayList;
import java.util.List;

/** The rows of the full run, and what each must reach. */
public final class ComparisonPlan {

    private static final String ASYNC = "Stub, asynchronous";
    private static final String SYNC = "Stub, blocking";
    private static final String COMPRESSION = "Stub, 4 KiB and more";
    private static final String REAL = "Real broker";
    private static final String SPRING = "Spring and options";
    private static final String SCALE = "Scale";

    private static final String BATCHES = "Stub, batches";
    private static final String REAL_BATCHES = "Real broker, batches";
    private static final String BATCHING = "Real broker, automatic batching";
    private static final String EXTRAS = "Stub, ACL and namespace";

    private static final int BATCH = 32;
    private static final double MILLISECOND = 1_000; // in the unit of latencies

    private final List<Row> rows = new ArrayList<>();

    private ComparisonPlan() {}

    /** All rows, in the order in which they are measured. */
    public static List<Row> rows() {
        ComparisonPlan plan = new ComparisonPlan();
        plan.async();
        plan.sync();
        plan.large();
        plan.batches();
        plan.extras();
        plan.real();
        plan.realBatches();
        plan.batching();
        plan.spring();
        plan.scale();
        return List.copyOf(plan.rows);
    }

    private void async() {
        for (int size : new int[] {128, 1024}) {
            add(
                    ASYNC,
                    Load.async(1000, Body.random(size)),
                    List.of(OFFICIAL, LIMIT, OURS, OURS_CALLBACK),
                    atLeast(OURS, THROUGHPUT, 5, OFFICIAL),
                    atLeast(OURS, THROUGHPUT, size == 128 ? 0.35 : 0.65, LIMIT),
                    atMost(OURS, CPU, 1 / 6.0, OFFICIAL),
                    atMost(OURS, ALLOCATED, 550),
                    atMost(OURS, P999, 1, OFFICIAL),
                    atMost(OURS, WRITES, 0.01),
                    atMost(OURS, THREADS, 4),
                    atLeast(LIMIT, THROUGHPUT, size == 128 ? 10 : 7, OFFICIAL));
        }
        add(
                ASYNC,
                Load.async(1000, Body.random(1024)).rate(Load.OFFICIAL_RATE),
                List.of(OFFICIAL, OURS),
                atMost(OURS, RSS, 0.5, OFFICIAL));
        add(
                ASYNC,
                Load.async(1000, Body.random(128)).withKeysAndTags(),
                List.of(OFFICIAL, OURS),
                atLeast(OURS, THROUGHPUT, 1, OFFICIAL));
    }

    /** The row that tells the official client's own rate. */
    public static final String OFFICIAL_RATE_ROW = "stub/async1000/1024";

    private void sync() {
        for (int size : new int[] {128, 1024}) {
            add(
                    SYNC,
                    Load.sync(1, Body.random(size)),
                    List.of(OFFICIAL, LIMIT, OURS),
                    atMost(OURS, P50, 0.85, OFFICIAL),
                    atMost(OURS, CPU, 0.6, OFFICIAL),
                    atMost(OURS, ALLOCATED, 600),
                    atLeast(OURS, THROUGHPUT, 1, OFFICIAL));
            for (int callers : new int[] {16, 64}) {
                add(SYNC, Load.sync(callers, Body.random(size)), List.of(OFFICIAL, LIMIT, OURS), syncBars(callers));
            }
        }
        rows.add(new Row(
                SYNC,
                Row.Target.STUB,
                Load.sync(64, Body.random(1024)).onVirtualThreads(),
                List.of(OFFICIAL, LIMIT, OURS),
                1,
                Row.Jdk.JDK25,
                List.of(atLeast(OURS, THROUGHPUT, 3.5, OFFICIAL))));
    }

    private static Bar[] syncBars(int callers) {
        List<Bar> bars = new ArrayList<>(List.of(
                atLeast(OURS, THROUGHPUT, 1.8, OFFICIAL),
                atLeast(OURS, THROUGHPUT, 0.75, LIMIT),
                atMost(OURS, CPU, 0.6, OFFICIAL),
                atMost(OURS, ALLOCATED, 450),
                atMost(OURS, WRITES, callers == 64 ? 0.08 : 0.25),
                atMost(OURS, RSS, 0.5, OFFICIAL)));
        if (callers == 64) {
            bars.add(atLeast(LIMIT, THROUGHPUT, 2.2, OFFICIAL));
        }
        return bars.toArray(Bar[]::new);
    }

    private void large() {
        add(
                COMPRESSION,
                Load.async(1000, Body.random(4096)),
                List.of(OFFICIAL, OFFICIAL_UNCOMPRESSED, LIMIT, OURS),
                atLeast(OURS, THROUGHPUT, 15, OFFICIAL),
                atLeast(OURS, THROUGHPUT, 2.5, OFFICIAL_UNCOMPRESSED));
        addText(Load.async(1000, Body.text(4096)), 4);
        addText(Load.sync(16, Body.text(4096)), 3);
        add(
                COMPRESSION,
                Load.sync(16, Body.random(65536)),
                List.of(OFFICIAL, OFFICIAL_UNCOMPRESSED, LIMIT, OURS),
                atLeast(OURS, THROUGHPUT, 18, OFFICIAL),
                atLeast(OURS, THROUGHPUT, 1.3, OFFICIAL_UNCOMPRESSED));
    }

    private void addText(Load load, double lz4) {
        add(
                COMPRESSION,
                load,
                List.of(OFFICIAL, OURS, OURS_LZ4),
                atLeast(OURS, THROUGHPUT, 1.1, OFFICIAL),
                atMost(OURS, ALLOCATED, 1 / 8.0, OFFICIAL),
                atLeast(OURS_LZ4, THROUGHPUT, lz4, OFFICIAL));
    }

    private void batches() {
        for (int size : new int[] {128, 1024, 4096}) {
            add(
                    BATCHES,
                    Load.batch(BATCH, Body.random(size)),
                    List.of(OFFICIAL, LIMIT, OURS),
                    atLeast(OURS, THROUGHPUT, 1.4, OFFICIAL),
                    atMost(OURS, CPU, 0.6, OFFICIAL),
                    atMost(OURS, ALLOCATED, 450));
        }
    }

    private void extras() {
        for (int size : new int[] {128, 1024}) {
            for (Load load : List.of(Load.sync(16, Body.random(size)), Load.async(1000, Body.random(size)))) {
                add(
                        EXTRAS,
                        load.with(RequestExtras.ACL),
                        List.of(OFFICIAL, OURS),
                        notSlower(),
                        atMost(OURS, CPU, 1, OFFICIAL));
                boolean blocking = load.mode() == Load.Mode.SYNC;
                add(
                        EXTRAS,
                        load.with(RequestExtras.NAMESPACE_V2),
                        List.of(OFFICIAL, OURS),
                        atLeast(OURS, THROUGHPUT, blocking ? 1.8 : 5, OFFICIAL),
                        atMost(OURS, CPU, blocking ? 0.6 : 1 / 6.0, OFFICIAL));
            }
        }
    }

    private void realBatches() {
        for (int size : new int[] {128, 1024, 4096}) {
            addReal(REAL_BATCHES, Load.batch(BATCH, Body.random(size)), List.of(OFFICIAL, LIMIT, OURS), notSlower());
        }
    }

    private void batching() {
        for (int size : new int[] {128, 1024}) {
            addBatching(Load.async(1000, Body.random(size)), size == 128 ? 3 : 2);
            addBatching(Load.sync(64, Body.random(size)), 1.8);
        }
        addReal(
                BATCHING,
                Load.sync(1, Body.random(128)),
                List.of(OURS, OURS_BATCHING),
                atMostAbove(OURS_BATCHING, P50, MILLISECOND, OURS));
    }

    private void addBatching(Load load, double overOfficial) {
        addReal(
                BATCHING,
                load,
                List.of(OFFICIAL, OFFICIAL_AUTO_BATCH, OURS, OURS_BATCHING),
                atLeast(OURS_BATCHING, THROUGHPUT, overOfficial, OFFICIAL),
                atLeast(OURS_BATCHING, THROUGHPUT, 1, OFFICIAL_AUTO_BATCH));
    }

    private void real() {
        List<ClientKind> clients = List.of(OFFICIAL, LIMIT, OURS);
        for (int callers : new int[] {16, 64}) {
            addReal(
                    REAL,
                    Load.sync(callers, Body.random(1024)),
                    clients,
                    atLeast(OURS, THROUGHPUT, callers == 16 ? 1.25 : 1.15, OFFICIAL),
                    atLeast(OURS, THROUGHPUT, 0.85, LIMIT),
                    atMost(OURS, CPU, 0.6, OFFICIAL));
        }
        addReal(
                REAL,
                Load.async(1000, Body.random(1024)),
                clients,
                atLeast(OURS, THROUGHPUT, 1.05, OFFICIAL),
                atMost(OURS, CPU, 0.45, OFFICIAL));
    }

    private void spring() {
        add(
                SPRING,
                Load.async(1000, Body.random(1024)),
                List.of(OURS, OURS_METERS, OURS_TWO_HOOKS, TEMPLATE, TEMPLATE_METERS),
                atMost(TEMPLATE_METERS, CPU, 1.15, OURS_METERS));
        add(SPRING, Load.sync(16, Body.random(1024)), List.of(OURS, TEMPLATE_METERS));
    }

    private void scale() {
        Body body = Body.random(1024);
        for (int inFlight : new int[] {1, 10, 100, 10_000}) {
            add(SCALE, Load.async(inFlight, body), List.of(OFFICIAL, LIMIT, OURS), notSlower());
        }
        for (int callers : new int[] {4, 8}) {
            add(SCALE, Load.async(1000, body).callers(callers), List.of(OFFICIAL, LIMIT, OURS), notSlower());
        }
        for (int topics : new int[] {100, 10_000}) {
            add(SCALE, Load.async(1000, body).topics(topics), List.of(OFFICIAL, OURS), notSlower());
        }
        for (int brokers : new int[] {8, 64}) {
            rows.add(new Row(
                    SCALE,
                    Row.Target.STUB,
                    Load.async(1000, body),
                    List.of(OFFICIAL, OURS),
                    brokers,
                    Row.Jdk.JDK17,
                    List.of(notSlower())));
        }
    }

    private static Bar notSlower() {
        return atLeast(OURS, THROUGHPUT, 1, OFFICIAL);
    }

    private void add(String group, Load load, List<ClientKind> clients, Bar... bars) {
        rows.add(new Row(group, Row.Target.STUB, load, clients, 1, Row.Jdk.JDK17, List.of(bars)));
    }

    private void addReal(String group, Load load, List<ClientKind> clients, Bar... bars) {
        rows.add(new Row(group, Row.Target.REAL, load, clients, 1, Row.Jdk.JDK17, List.of(bars)));
    }
}
