package io.mqproducer.internal.send;

import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.QueueTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the one queue that a message must go to, if its caller wants one. Pure functions. */
final class TargetQueue {

    private TargetQueue() {}

    /**
     * The queue that the message is bound to, by target or ordering key; null if any will do.
     *
     * @throws NoQueueException if the caller's selector fails
     */
    static @Nullable MessageQueue of(TopicRoute route, Message message, QueueTarget target) throws NoQueueException {
        if (target instanceof QueueTarget.Fixed one) {
            return one.queue();
        }
        if (target instanceof QueueTarget.Selected selected) {
            return select(route, message, selected);
        }
        String key = message.orderingKey().orElse(null);
        return key == null
                ? null
                : route.queue(MessageQueueSelector.hashIndex(key.hashCode(), route.size()))
                        .queue();
    }

    /** Runs the caller's selector: code of the application, so never on an event loop. */
    static MessageQueue select(TopicRoute route, Message message, QueueTarget.Selected target) throws NoQueueException {
        List<MessageQueue> queues = route.messageQueues();
        MessageQueue selected;
        try {
            selected = target.selector().select(queues, message, target.arg());
        } catch (RuntimeException | Error e) {
            throw NoQueueException.selectorFailed("it threw " + e, e);
        }
        if (selected == null || route.indexOf(selected) < 0) {
            throw NoQueueException.selectorFailed("it returned " + selected + ", which is not one of the queues", null);
        }
        return selected;
    }
}
