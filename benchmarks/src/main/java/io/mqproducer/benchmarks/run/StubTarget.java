package io.mqproducer.benchmarks.run;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Measurement;
import io.mqproducer.benchmarks.plan.Row.Jdk;
import io.mqproducer.benchmarks.stub.ShapeComparison;
import io.mqproducer.benchmarks.stub.StubServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The stub in a process of its own. */
final class StubTarget implements Server {

    private static final String TOPIC = "bench";

    private final ChildJvm process;
    private final List<String> addresses;
    private final ShapeComparison comparison;

    StubTarget(ClassPaths classPaths, int brokers, Load load) {
        comparison = new ShapeComparison(load.topicNames(TOPIC), load.body().variants(), load.extras());
        process = ChildJvm.start(
                "stub",
                Jdks.java(Jdk.JDK17).orElseThrow(),
                List.of("-Xms512m", "-Xmx512m"),
                classPaths.ours(),
                StubServer.class,
                List.of("--brokers", Integer.toString(brokers)));
        addresses = List.of(process.await("READY ").split(" ", -1));
    }

    @Override
    public String nameServer() {
        return addresses.get(0);
    }

    @Override
    public String broker() {
        return addresses.get(0);
    }

    @Override
    public String topic(ClientKind kind) {
        return TOPIC; // the same for all, so that their messages can be compared
    }

    @Override
    public List<String> complaints(Map<ClientKind, String> groups, Map<ClientKind, Long> acknowledged) {
        List<String> wrong = new ArrayList<>();
        Set<String> expected = null;
        String standard = "";
        for (Map.Entry<ClientKind, String> client : groups.entrySet()) {
            if (client.getKey() == ClientKind.LIMIT) {
                continue;
            }
            Set<String> shapes = shapes(client.getValue());
            String name = client.getKey().id();
            if (expected == null) {
                expected = shapes;
                standard = name;
            } else {
                wrong.addAll(comparison.differences(standard, expected, name, shapes));
            }
        }
        return wrong;
    }

    @Override
    public Measurement round(ClientProcess client, long millis) {
        long before = received();
        Measurement measured = client.round(millis);
        return measured.withoutWakeUps(received() - before);
    }

    /** Bytes from all clients, of which only one is at work. */
    private long received() {
        return Long.parseLong(process.ask(StubServer.RECEIVED.strip(), StubServer.RECEIVED));
    }

    private Set<String> shapes(String group) {
        Set<String> shapes = new TreeSet<>();
        int count = Integer.parseInt(process.ask("shapes " + group, "SHAPES "));
        for (int i = 0; i < count; i++) {
            shapes.add(process.await(""));
        }
        return shapes;
    }

    @Override
    public void close() {
        process.close();
    }
}
