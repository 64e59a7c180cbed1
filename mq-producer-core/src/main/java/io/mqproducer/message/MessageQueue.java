package io.mqproducer.message;

import java.util.Objects;

/**
 * One queue of a topic on one broker: the unit that a message is written to.
 *
 * @param topic the topic, without namespace
 * @param brokerName the broker's logical name, shared by master and replicas
 * @param queueId the queue's number on that broker, from 0
 */
public record MessageQueue(String topic, String brokerName, int queueId) {

    public MessageQueue {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(brokerName, "brokerName");
        if (queueId < 0) {
            throw new IllegalArgumentException("queueId must not be negative, got " + queueId);
        }
    }
}
