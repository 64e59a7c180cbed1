package io.mqproducer.internal.route;

import io.mqproducer.internal.protocol.SendFrameTemplate;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.MessageQueue;

/**
 * A queue that messages can be written to, with what every send to it needs.
 *
 * @param queue the queue as the caller knows it, without namespace
 * @param broker where its master listens
 * @param template the part of a send request that is the same for all messages
 * @param latency of the broker; the same for all its queues
 */
public record PublishQueue(MessageQueue queue, Endpoint broker, SendFrameTemplate template, BrokerLatency latency) {

    /** Makes what a send to a queue needs; called once per queue and route. */
    @FunctionalInterface
    public interface Factory {
        PublishQueue of(MessageQueue queue, Endpoint broker);
    }
}
