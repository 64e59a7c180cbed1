package io.mqproducer.benchmarks.run;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Measurement;
import io.mqproducer.test.EmbeddedBroker;
import io.mqproducer.test.EmbeddedRocketMQ;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** RocketMQ itself, one broker, with its store in memory if the machine has a file system there. */
final class RealServer implements Server {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int QUEUES = 4;

    /** A broker refuses what has waited longer; that is no matter of who sends it. */
    private static final String SEND_QUEUE_WAIT_MILLIS = "10000";

    /** The broker puts what it has stored into its queues a little later. */
    private static final Duration INDEXING_LIMIT = Duration.ofSeconds(10);

    private final EmbeddedRocketMQ cluster;
    private final EmbeddedBroker broker;

    RealServer() {
        cluster = EmbeddedRocketMQ.builder()
                .folderIn(Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir")))
                .jvmOptions("-Xms1g", "-Xmx1g")
                .brokerProperty("flushDiskType", "ASYNC_FLUSH")
                .brokerProperty("brokerRole", "ASYNC_MASTER")
                .brokerProperty("mappedFileSizeCommitLog", Integer.toString(1 << 30))
                .brokerProperty("waitTimeMillsInSendQueue", SEND_QUEUE_WAIT_MILLIS)
                .start();
        broker = cluster.brokers().get(0);
    }

    @Override
    public String nameServer() {
        return cluster.nameServerAddresses();
    }

    @Override
    public String broker() {
        return broker.address();
    }

    @Override
    public String topic(ClientKind kind) {
        String topic = topicOf(kind);
        cluster.createTopic(topic, QUEUES);
        return topic;
    }

    @Override
    public Measurement round(ClientProcess client, long millis) {
        return client.round(millis);
    }

    String topicOf(ClientKind kind) {
        return "bench-" + kind.id();
    }

    @Override
    public List<String> complaints(Map<ClientKind, String> groups, Map<ClientKind, Long> acknowledged) {
        List<String> wrong = new ArrayList<>();
        acknowledged.forEach((kind, count) -> {
            long stored = stored(topicOf(kind), count);
            if (stored != count) {
                wrong.add(kind.id() + " has " + count + " acknowledgements, the broker " + stored + " messages");
            }
        });
        return wrong;
    }

    /** How many messages the queues of a topic have; it waits a little until there are as many as expected. */
    long stored(String topic, long expected) {
        long end = System.nanoTime() + INDEXING_LIMIT.toNanos();
        long stored = QueueOffsets.sum(broker.address(), topic, QUEUES);
        while (stored < expected && System.nanoTime() - end < 0) {
            stored = QueueOffsets.sum(broker.address(), topic, QUEUES);
        }
        return stored;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
