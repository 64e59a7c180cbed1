package io.mqproducer.benchmarks.load;

import io.mqproducer.benchmarks.client.BenchmarkClient;

/** Waits for each answer before it sends again. */
final class SyncCaller extends Caller {

    private final BenchmarkClient client;

    SyncCaller(BenchmarkClient client, String[] topics, byte[][] bodies) {
        super(topics, bodies);
        this.client = client;
    }

    @Override
    void call() {
        while (!isStopped()) {
            String topic = topic();
            byte[] body = body();
            long begun = System.nanoTime();
            try {
                client.send(topic, body);
                acknowledged(System.nanoTime() - begun);
            } catch (Exception e) {
                failed(e);
            }
        }
    }
}
