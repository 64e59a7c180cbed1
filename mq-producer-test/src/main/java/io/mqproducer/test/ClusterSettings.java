package io.mqproducer.test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster is to be like; made by {@link EmbeddedRocketMQBuilder}.
 *
 * @param version the RocketMQ that the servers are of
 * @param brokers how many masters
 * @param nameServers how many name servers
 * @param brokerProperties what differs from {@link ServerFiles}'s configuration of a broker
 * @param jvmOptions further options of the servers' JVMs
 * @param credentials switch ACL on, with this super user
 * @param tls how the servers treat TLS
 * @param parentFolder where the cluster's folder is made
 */
record ClusterSettings(
        RocketMQVersion version,
        int brokers,
        int nameServers,
        Map<String, String> brokerProperties,
        List<String> jvmOptions,
        @Nullable Credentials credentials,
        TlsMode tls,
        Path parentFolder) {

    ClusterSettings {
        if (brokers < 1 || nameServers < 1) {
            throw new IllegalArgumentException("At least one broker and one name server");
        }
        Objects.requireNonNull(version, "version");
        brokerProperties = Map.copyOf(brokerProperties);
        jvmOptions = List.copyOf(jvmOptions);
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(parentFolder, "parentFolder");
    }
}
