package io.mqproducer.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real RocketMQ cluster for tests, 5.5.0 or 4.9.7: name servers and brokers, each in a process of its own, on free ports of the
 * loopback interface, with their files in a temporary folder.
 *
 * <p>RocketMQ's jars come from the local Maven repository, or once from Maven Central, and are on the class path of the
 * child processes only. No process and no file stays behind, even when this JVM is killed. Safe for use by several
 * threads.
 */
public final class EmbeddedRocketMQ implements AutoCloseable {

    /** The name of the cluster the brokers belong to. */
    public static final String CLUSTER_NAME = "EmbeddedCluster";

    private final Cluster cluster;
    private @Nullable OfficialClient client;

    EmbeddedRocketMQ(Cluster cluster) {
        this.cluster = cluster;
    }

    /** One name server and one broker that makes topics as they are asked for. */
    public static EmbeddedRocketMQ start() {
        return builder().start();
    }

    public static EmbeddedRocketMQBuilder builder() {
        return new EmbeddedRocketMQBuilder();
    }

    /** For {@code name-servers} of a producer: {@code 127.0.0.1:1234}, several joined with ';'. */
    public String nameServerAddresses() {
        return cluster.nameServerAddresses();
    }

    public List<EmbeddedNameServer> nameServers() {
        return cluster.nameServers();
    }

    public List<EmbeddedBroker> brokers() {
        return cluster.brokers();
    }

    /** The broker of that name. */
    public EmbeddedBroker broker(String name) {
        return brokers().stream()
                .filter(broker -> broker.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No broker " + name + " among " + brokers()));
    }

    /** Makes a topic on every broker that serves; the name servers know when it returns. */
    public void createTopic(String topic, int queuesPerBroker) {
        servingBrokers().forEach(broker -> broker.createTopic(topic, queuesPerBroker));
    }

    /** All that the topic holds, read by RocketMQ's own client; none when there is no such topic. Every broker must serve. */
    public List<StoredMessage> messages(String topic) {
        return read(topic, true, brokers());
    }

    /** As {@link #messages}, without the bodies: for many or large ones. */
    public List<StoredMessage> summaries(String topic) {
        return read(topic, false, brokers());
    }

    /** As {@link #messages}, of those brokers only that serve now. */
    public List<StoredMessage> messagesOfServingBrokers(String topic) {
        return read(topic, true, servingBrokers());
    }

    private List<StoredMessage> read(String topic, boolean withBodies, List<EmbeddedBroker> brokers) {
        brokers.forEach(EmbeddedBroker::settle);
        List<String> names = brokers.stream().map(EmbeddedServer::name).toList();
        List<StoredMessage> messages = new ArrayList<>();
        if (!names.isEmpty()) {
            client().read(topic, withBodies, names, messages::add);
        }
        return messages;
    }

    private List<EmbeddedBroker> servingBrokers() {
        return brokers().stream().filter(EmbeddedServer::isServing).toList();
    }

    /** RocketMQ's own client of this cluster, started when first asked for. */
    public synchronized OfficialClient client() {
        OfficialClient started = client;
        if (started == null || !started.isAlive()) {
            started = OfficialClient.start(cluster.files(), nameServerAddresses(), cluster.guard());
            client = started;
        }
        return started;
    }

    /** The RocketMQ that the servers are of. */
    public RocketMQVersion version() {
        return settings().version();
    }

    ClusterSettings settings() {
        return cluster.files().settings();
    }

    /** Where the servers' files and logs are. */
    public Path folder() {
        return cluster.guard().folder();
    }

    /** Ends all processes and deletes all files. */
    @Override
    public void close() {
        cluster.close();
    }

    /** Runs a cluster until Ctrl-C. Options: {@code --version=4.9.7 --brokers=2 --queues=4 --auto-create-topics=true}. */
    public static void main(String[] args) throws InterruptedException {
        EmbeddedRocketMQ rocketMQ = CommandLine.parse(args).start();
        Runtime.getRuntime().addShutdownHook(new Thread(rocketMQ::close));
        System.out.println("RocketMQ " + rocketMQ.version().text() + " serves at " + rocketMQ.nameServerAddresses());
        System.out.println("Files: " + rocketMQ.folder() + ". Ctrl-C ends it.");
        Thread.currentThread().join();
    }
}
