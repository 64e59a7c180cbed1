package io.mqproducer.benchmarks.load;

import io.mqproducer.benchmarks.client.BenchmarkClient;
import io.mqproducer.benchmarks.client.BenchmarkClients;
import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.client.ClientSettings;
import io.mqproducer.benchmarks.client.RequestExtras;
import java.lang.management.ManagementFactory;

/** A JVM that sends one message and says how long that took. */
public final class StartUpProcess {

    /** Begins the answer. */
    public static final String STARTED = "STARTED ";

    private StartUpProcess() {}

    /**
     * Arguments: the client, name server, broker, group, topic. Prints milliseconds from the start of the JVM to the
     * first acknowledged send, and nanoseconds of processor time until then.
     */
    public static void main(String[] args) throws Exception {
        ClientSettings settings = new ClientSettings(args[1], args[2], args[3], 1, false, RequestExtras.NONE);
        try (BenchmarkClient client = BenchmarkClients.create(ClientKind.valueOf(args[0]), settings)) {
            client.start();
            client.send(args[4], new byte[1024]);
            long now = System.currentTimeMillis();
            long millis = now - ManagementFactory.getRuntimeMXBean().getStartTime();
            System.out.println(STARTED + millis + " " + ProcessCounters.now().cpu());
        }
        System.exit(0);
    }
}
