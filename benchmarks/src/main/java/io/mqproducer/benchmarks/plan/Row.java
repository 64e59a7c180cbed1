package io.mqproducer.benchmarks.plan;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.client.RequestExtras;
import java.util.List;

/**
 * One line of the comparison: the same load for each of these clients, in turns.
 *
 * @param group rows of one group share a table and a chart
 * @param clients in the order in which they take turns; ratios are to the first
 * @param brokers how many brokers the stub claims to be; 1 with the real one
 */
public record Row(
        String group, Target target, Load load, List<ClientKind> clients, int brokers, Jdk jdk, List<Bar> bars) {

    /** The server. */
    public enum Target {
        STUB,
        REAL
    }

    /** The Java of the clients. */
    public enum Jdk {
        JDK17,
        JDK25
    }

    public Row {
        clients = List.copyOf(clients);
        bars = List.copyOf(bars);
    }

    /** Names the row on the command line and in tables: {@code stub/async1000/1024}. */
    public String name() {
        return target.name().toLowerCase(java.util.Locale.ROOT) + "/" + load.shortName() + "/"
                + load.body().shortName()
                + (load.callers() > 1 && load.mode() == Load.Mode.ASYNC ? "/" + load.callers() + "callers" : "")
                + (load.topics() > 1 ? "/" + load.topics() + "topics" : "")
                + (brokers > 1 ? "/" + brokers + "brokers" : "")
                + (load.rate() > 0 ? "/official-rate" : "")
                + (load.virtualThreads() ? "/virtual" : "")
                + (load.keysAndTags() ? "/keys" : "")
                + (jdk == Jdk.JDK25 ? "/jdk25" : "")
                + (load.extras() == RequestExtras.NONE
                        ? ""
                        : "/" + load.extras().id())
                + variant();
    }

    private String variant() {
        if (clients.contains(ClientKind.OURS_BATCHING)) {
            return "/batching";
        }
        return clients.contains(ClientKind.OFFICIAL) ? "" : "/options";
    }
}
