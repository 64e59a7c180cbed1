package io.mqproducer.internal.protocol;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a topic lives, as a name server tells it. Immutable.
 *
 * <p>Within the limits of {@link FrameLimits}, each broker name at most once in either list; but nothing says that a queue's
 * broker is in the list of brokers, or that a broker has a master.
 *
 * @param orderTopicConf queues per broker of a topic configured as ordered, such as {@code broker-a:4;broker-b:4}
 * @param queueDatas by broker name
 * @param brokerDatas by broker name
 * @param queueMappings which broker has which queues of a static topic; none for any other
 */
public record TopicRouteData(
        @Nullable String orderTopicConf,
        List<QueueData> queueDatas,
        List<BrokerData> brokerDatas,
        List<QueueMapping> queueMappings) {

    public TopicRouteData {
        queueDatas = List.copyOf(queueDatas);
        brokerDatas = List.copyOf(brokerDatas);
        queueMappings = List.copyOf(queueMappings);
    }

    /**
     * Reads the body of a name server's answer.
     *
     * @throws ProtocolException if it is no route, or a larger one than is believable
     */
    public static TopicRouteData parse(byte[] body) {
        return TopicRouteReader.read(body);
    }

    /**
     * The queues of the topic on one broker.
     *
     * @param perm permission bits: 4 read, 2 write
     */
    public record QueueData(String brokerName, int readQueueNums, int writeQueueNums, int perm, int topicSysFlag) {}

    /**
     * What one broker says of the queues of a static topic, which are numbered over all brokers.
     *
     * @param epoch when it was said; of two brokers that claim a queue the later one has it
     * @param queueIds the queues that it has
     */
    public record QueueMapping(String brokerName, long epoch, List<Integer> queueIds) {

        public QueueMapping {
            queueIds = List.copyOf(queueIds);
        }
    }

    /**
     * One broker: a master and its replicas.
     *
     * @param brokerAddrs address by broker id, 0 being the master; unmodifiable
     */
    public record BrokerData(@Nullable String cluster, String brokerName, SortedMap<Long, String> brokerAddrs) {}
}
