package io.mqproducer.benchmarks.run;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.load.StartUpProcess;
import io.mqproducer.benchmarks.plan.Body;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Row.Jdk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long a fresh JVM takes to its first acknowledged send, on the stub. */
public final class StartUps {

    private StartUps() {}

    /** Medians in milliseconds, over so many JVMs of each client, in turns. */
    public static Map<ClientKind, Double> measure(List<ClientKind> clients, int rounds) {
        ClassPaths classPaths = new ClassPaths();
        Map<ClientKind, List<Double>> measured = new EnumMap<>(ClientKind.class);
        try (Server server = new StubTarget(classPaths, 1, Load.sync(1, Body.random(1024)))) {
            for (int round = 0; round < rounds; round++) {
                for (ClientKind kind : clients) {
                    measured.computeIfAbsent(kind, one -> new ArrayList<>()).add(start(kind, server, classPaths));
                }
            }
        }
        Map<ClientKind, Double> medians = new EnumMap<>(ClientKind.class);
        measured.forEach((kind, millis) -> {
            Collections.sort(millis);
            medians.put(kind, millis.get(millis.size() / 2));
        });
        return medians;
    }

    private static double start(ClientKind kind, Server server, ClassPaths classPaths) {
        try (ChildJvm jvm = ChildJvm.start(
                kind.id(),
                Jdks.java(Jdk.JDK17).orElseThrow(),
                ClientProcess.jvmOptions(kind),
                classPaths.of(kind),
                StartUpProcess.class,
                List.of(kind.name(), server.nameServer(), server.broker(), "bench-" + kind.id(), server.topic(kind)))) {
            return Double.parseDouble(jvm.await(StartUpProcess.STARTED).split(" ", -1)[0]);
        }
    }
}
