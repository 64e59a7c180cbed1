package io.mqproducer.message;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses the queue that a message goes to.
 *
 * <p>Called once per send, on the calling thread when the topic's route is known, else on the callback executor; its
 * time counts against the send's timeout. The list is immutable, in RocketMQ's order (broker name, then queue id), and
 * never empty. A selector that throws, returns null or returns a queue that is not in the list fails the send with
 * {@link FailureKind#SELECTOR}.
 */
@FunctionalInterface
public interface MessageQueueSelector {

    MessageQueue select(List<MessageQueue> queues, Message message, Object arg);

    /**
     * By the argument's hash code: the same queue as RocketMQ's own {@code SelectMessageQueueByHash} chooses, negative
     * hash codes included.
     */
    static MessageQueueSelector byHash() {
        return (queues, message, arg) -> queues.get(hashIndex(arg.hashCode(), queues.size()));
    }

    /** Any queue, each as likely as the others. */
    static MessageQueueSelector random() {
        return (queues, message, arg) -> queues.get(ThreadLocalRandom.current().nextInt(queues.size()));
    }

    /** The index that RocketMQ's hash selector computes for a hash code among {@code size} queues. */
    static int hashIndex(int hashCode, int size) {
        return Math.abs(hashCode % size);
    }
}
