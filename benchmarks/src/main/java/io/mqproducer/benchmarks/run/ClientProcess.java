package io.mqproducer.benchmarks.run;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.load.LoadProcess;
import io.mqproducer.benchmarks.load.LoadText;
import io.mqproducer.benchmarks.load.MeasurementText;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Measurement;
import io.mqproducer.benchmarks.plan.Metric;
import io.mqproducer.benchmarks.plan.Row;
import java.util.Arrays;
import java.util.List;

/** A client of a row, in a process of its own. */
final class ClientProcess implements AutoCloseable {

    /** A client is warm when a round is not better than the best before by more than this. */
    private static final double FLAT = 1.03;

    private static final int LEAST_WARM_UPS = 4;
    private static final int MOST_WARM_UPS = 12;

    private final ClientKind kind;
    private final String group;
    private final ChildJvm process;
    private long acknowledged;

    ClientProcess(ClientKind kind, Row row, Load load, Server server, ClassPaths classPaths) {
        this.kind = kind;
        this.group = "bench-" + kind.id();
        this.process = ChildJvm.start(
                kind.id(),
                Jdks.java(row.jdk()).orElseThrow(),
                jvmOptions(kind),
                classPaths.of(kind),
                LoadProcess.class,
                List.of(
                        kind.name(),
                        server.nameServer(),
                        server.broker(),
                        group,
                        server.topic(kind),
                        LoadText.of(load)));
        process.await(LoadProcess.READY);
        acknowledged = load.topics();
    }

    /** The same heap for all; RocketMQ's client writes its log below the user's home, which is not for us to fill. */
    static List<String> jvmOptions(ClientKind kind) {
        return kind.isOfficial()
                ? List.of("-Xms1g", "-Xmx1g", "-Duser.home=" + System.getProperty("java.io.tmpdir"))
                : List.of("-Xms1g", "-Xmx1g");
    }

    ClientKind kind() {
        return kind;
    }

    String group() {
        return group;
    }

    /** How many messages it has sent with success. */
    long acknowledged() {
        return acknowledged;
    }

    /** Lets it send until it gets no faster. */
    void warmUp(long roundMillis) {
        double best = 0;
        for (int i = 0; i < MOST_WARM_UPS; i++) {
            double now = Metric.THROUGHPUT.of(round(roundMillis));
            if (i + 1 >= LEAST_WARM_UPS && now < best * FLAT) {
                return;
            }
            best = Math.max(best, now);
        }
    }

    Measurement round(long millis) {
        Measurement measured = MeasurementText.parse(process.ask("round " + millis, LoadProcess.MEASURED));
        if (measured.failed() > 0) {
            throw new IllegalStateException(kind.id() + ": " + measured.failed() + " sends failed");
        }
        acknowledged += measured.messages();
        return measured;
    }

    /** See {@code OnewayBurst}: accepted ns, next send ns, normal p99 ns, memory in bytes. */
    long[] burst(int messages) {
        String[] words = process.ask("burst " + messages, LoadProcess.BURST).split(" ", -1);
        return Arrays.stream(words).mapToLong(Long::parseLong).toArray();
    }

    @Override
    public void close() {
        process.close();
    }
}
