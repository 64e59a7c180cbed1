package io.mqproducer.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a cluster is to be like, option by option; each has a default. Not for use by several threads. */
public final class EmbeddedRocketMQBuilder {

    private final Map<String, String> brokerProperties = new TreeMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private RocketMQVersion version = RocketMQVersion.V5_5_0;
    private int brokers = 1;
    private int nameServers = 1;
    private @Nullable Credentials credentials;
    private TlsMode tls = TlsMode.DISABLED;
    private Path parentFolder = Path.of(System.getProperty("java.io.tmpdir"));

    EmbeddedRocketMQBuilder() {}

    /** The RocketMQ that name servers and brokers are of; 5.5.0 by default. */
    public EmbeddedRocketMQBuilder version(RocketMQVersion chosen) {
        this.version = chosen;
        return this;
    }

    /** Masters, named {@code broker-a}, {@code broker-b} and so on; 1 by default. */
    public EmbeddedRocketMQBuilder brokers(int number) {
        this.brokers = number;
        return this;
    }

    /** 1 by default. */
    public EmbeddedRocketMQBuilder nameServers(int number) {
        this.nameServers = number;
        return this;
    }

    /** Queues per broker of a topic that is made by its first message; 4 by default. */
    public EmbeddedRocketMQBuilder queues(int number) {
        return brokerProperty("defaultTopicQueueNums", Integer.toString(number));
    }

    /** Whether the first message to a topic makes it; true by default. */
    public EmbeddedRocketMQBuilder autoCreateTopics(boolean allowed) {
        return brokerProperty("autoCreateTopicEnable", Boolean.toString(allowed));
    }

    /** Any property of RocketMQ's BrokerConfig, MessageStoreConfig, NettyServerConfig or, from 5, AuthConfig, by its name. */
    public EmbeddedRocketMQBuilder brokerProperty(String name, String value) {
        brokerProperties.put(name, value);
        return this;
    }

    /** Switches ACL on, with this super user: ACL 2.0, or 1.0 on 4.9, where both have to be longer than six characters. */
    public EmbeddedRocketMQBuilder acl(String user, String password) {
        this.credentials = new Credentials(user, password);
        return this;
    }

    /** DISABLED by default, which is also the quickest; else with a certificate made at the start, unless options of the JVM say otherwise. */
    public EmbeddedRocketMQBuilder tls(TlsMode mode) {
        this.tls = mode;
        return this;
    }

    /** Options for the servers' JVMs, after ours: {@code -Xmx1g}, {@code -Dtls.server.certPath=...}. */
    public EmbeddedRocketMQBuilder jvmOptions(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /** Where the cluster's folder is made; the system's temporary folder by default. */
    public EmbeddedRocketMQBuilder folderIn(Path folder) {
        this.parentFolder = folder;
        return this;
    }

    /** Starts the cluster and returns when messages can be sent. */
    public EmbeddedRocketMQ start() {
        return new EmbeddedRocketMQ(Cluster.start(settings()));
    }

    ClusterSettings settings() {
        return new ClusterSettings(
                version, brokers, nameServers, brokerProperties, jvmOptions, credentials, tls, parentFolder);
    }
}
