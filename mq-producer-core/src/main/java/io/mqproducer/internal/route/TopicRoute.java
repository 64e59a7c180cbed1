package io.mqproducer.internal.route;

import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.MessageQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The queues of one topic that can be written to, at least one, in RocketMQ's order: by broker name, for an ordered topic as
 * its configuration says, and then by queue id. Immutable but for what it makes on demand; thread-safe. A broker with many
 * queues is a range here, not as many objects.
 */
public final class TopicRoute {

    /**
     * Queues of the topic on one broker whose numbers follow each other.
     *
     * @param first index of the first of them within the route
     * @param firstId the number of the first of them; 0 but for a static topic, whose queues are numbered over all brokers,
     *     so that a broker may be there several times
     */
    public record BrokerQueues(String brokerName, Endpoint address, int queues, int first, int firstId) {

        /** All queues on that broker, numbered from 0. */
        public BrokerQueues(String brokerName, Endpoint address, int queues, int first) {
            this(brokerName, address, queues, first, 0);
        }
    }

    private final String topic;
    private final List<BrokerQueues> brokers;
    private final int size;
    private final int brokerCount;
    private final AtomicInteger cursor;
    private final PublishQueue.Factory publishQueues;
    private final AtomicReferenceArray<@Nullable PublishQueue> made;

    TopicRoute(String topic, List<BrokerQueues> brokers, AtomicInteger cursor, PublishQueue.Factory publishQueues) {
        this.topic = topic;
        this.brokers = List.copyOf(brokers);
        BrokerQueues last = brokers.get(brokers.size() - 1);
        this.size = last.first() + last.queues();
        this.brokerCount =
                (int) brokers.stream().map(BrokerQueues::brokerName).distinct().count();
        this.cursor = cursor;
        this.publishQueues = publishQueues;
        this.made = new AtomicReferenceArray<>(size);
    }

    /** The topic as the caller named it. */
    public String topic() {
        return topic;
    }

    /** Its brokers, in the order of the queues. */
    public List<BrokerQueues> brokers() {
        return brokers;
    }

    /** How many queues there are, on all brokers. */
    public int size() {
        return size;
    }

    /** The queue of this index, 0 to {@link #size} - 1. */
    public PublishQueue queue(int index) {
        PublishQueue queue = made.get(index);
        if (queue == null) {
            queue = make(index);
            made.set(index, queue); // made twice at worst, and then equal
        }
        return queue;
    }

    private PublishQueue make(int index) {
        BrokerQueues broker = brokers.get(brokerIndex(index));
        MessageQueue queue = new MessageQueue(topic, broker.brokerName(), broker.firstId() + index - broker.first());
        return publishQueues.of(queue, broker.address());
    }

    /** The index of the broker that has the queue of this index. */
    public int brokerIndex(int index) {
        int low = 0;
        int high = brokers.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (brokers.get(middle).first() > index) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** How many brokers there are, however often each is among them. */
    public int brokerCount() {
        return brokerCount;
    }

    /** The index of a queue within the route, or -1 if it is not part of it. */
    public int indexOf(MessageQueue queue) {
        for (BrokerQueues broker : brokers) {
            int place = queue.queueId() - broker.firstId();
            if (place >= 0 && place < broker.queues() && broker.brokerName().equals(queue.brokerName())) {
                return queue.topic().equals(topic) ? broker.first() + place : -1;
            }
        }
        return -1;
    }

    /** All queues, in the order of the route. */
    public List<MessageQueue> messageQueues() {
        List<MessageQueue> queues = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            queues.add(queue(i).queue());
        }
        return List.copyOf(queues);
    }

    /** The next index of a round robin that starts anywhere and outlives a change of the route. */
    public int nextIndex() {
        return Math.floorMod(cursor.getAndIncrement(), size);
    }

    /** Whether both lead to the same queues on the same addresses. */
    boolean sameQueues(TopicRoute other) {
        return brokers.equals(other.brokers);
    }
}
