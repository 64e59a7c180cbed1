package io.mqproducer.test;

import java.util.List;

/**
 * All that a topic of any cluster holds, read once by RocketMQ's own client in a process that lives as long as the call.
 *
 * <p>For a cluster of this JVM {@link EmbeddedRocketMQ#messages} keeps its process, and also waits for what has just been
 * acknowledged.
 */
public final class StoredMessages {

    private StoredMessages() {}

    /** The messages; none when there is no such topic. */
    public static List<StoredMessage> read(String nameServers, String topic) {
        try (OfficialClient client = OfficialClient.connect(nameServers)) {
            return client.messages(topic);
        }
    }

    /** The messages without their bodies. */
    public static List<StoredMessage> readSummaries(String nameServers, String topic) {
        try (OfficialClient client = OfficialClient.connect(nameServers)) {
            return client.summaries(topic);
        }
    }
}
