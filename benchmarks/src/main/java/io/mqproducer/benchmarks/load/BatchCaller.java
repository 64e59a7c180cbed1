package io.mqproducer.benchmarks.load;

import io.mqproducer.benchmarks.client.BenchmarkClient;

/** Sends batches, and waits for each answer before it sends again. A batch's latency is that of each of its messages. */
final class BatchCaller extends Caller {

    private final BenchmarkClient client;
    private final byte[][] batch;

    BatchCaller(BenchmarkClient client, String[] topics, byte[][] bodies, int size) {
        super(topics, bodies);
        this.client = client;
        this.batch = new byte[size][];
    }

    @Override
    void call() {
        while (!isStopped()) {
            String topic = topic();
            for (int i = 0; i < batch.length; i++) {
                batch[i] = body();
            }
            long begun = System.nanoTime();
            try {
                client.sendBatch(topic, batch);
                acknowledged(System.nanoTime() - begun, batch.length);
            } catch (Exception e) {
                failed(e);
            }
        }
    }
}
