package io.mqproducer.benchmarks.load;

import io.mqproducer.benchmarks.client.BenchmarkClient;
import io.mqproducer.benchmarks.client.BenchmarkClients;
import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.client.ClientSettings;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Measurement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * One client under one load, in a JVM of its own. It obeys lines: {@code round <milliseconds>} is answered by
 * {@code MEASURED} and the figures, {@code burst <messages>} by {@code BURST} and its figures; the end of the input ends it.
 */
public final class LoadProcess {

    /** Begins the answer to {@code round}. */
    public static final String MEASURED = "MEASURED ";

    /** Begins the answer to {@code burst}. */
    public static final String BURST = "BURST ";

    /** Says that the client is connected. */
    public static final String READY = "READY";

    private LoadProcess() {}

    /** Arguments: the client, name server, broker, group, topic, and the load by {@link LoadText}. */
    public static void main(String[] args) throws Exception {
        ClientKind kind = ClientKind.valueOf(args[0]);
        Load load = LoadText.parse(args[5]);
        ClientSettings settings =
                new ClientSettings(args[1], args[2], args[3], load.inFlight(), load.keysAndTags(), load.extras());
        String[] topics = load.topicNames(args[4]).toArray(String[]::new);
        int threadsBefore = ProcessCounters.liveThreads();
        try (BenchmarkClient client = BenchmarkClients.create(kind, settings)) {
            client.start();
            for (String topic : topics) {
                client.send(topic, load.body().variants()[0]); // no later send waits for a route
            }
            LoadRun run = new LoadRun(client, load, topics, threadsBefore);
            System.out.println(READY);
            obey(client, run, topics[0], load);
        }
        System.exit(0); // whatever threads a client leaves behind
    }

    private static void obey(BenchmarkClient client, LoadRun run, String topic, Load load) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "round" -> {
                    Measurement measured = run.round(Long.parseLong(words[1]));
                    System.out.println(MEASURED + MeasurementText.of(measured));
                }
                case "burst" ->
                    System.out.println(BURST + OnewayBurst.run(client, topic, load.body(), Integer.parseInt(words[1])));
                default -> throw new IOException("what is " + line + "?");
            }
        }
    }
}
