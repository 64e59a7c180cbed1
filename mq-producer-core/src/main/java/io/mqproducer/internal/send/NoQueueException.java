package io.mqproducer.internal.send;

import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.internal.route.TopicRoute.BrokerQueues;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageQueue;
import org.jspecify.annotations.Nullable;

/** The route has no queue that the caller's wish can be met with. */
final class NoQueueException extends Exception {

    private final FailureKind kind;

    private NoQueueException(FailureKind kind, String brief, @Nullable Throwable cause) {
        super(brief, cause);
        this.kind = kind;
    }

    static NoQueueException notInRoute(MessageQueue queue, TopicRoute route) {
        for (BrokerQueues broker : route.brokers()) {
            if (broker.brokerName().equals(queue.brokerName()) && queue.topic().equals(route.topic())) {
                return new NoQueueException(
                        FailureKind.NO_ROUTE,
                        "queue " + queue.queueId() + " of " + queue.brokerName() + " does not exist (0–"
                                + (broker.queues() - 1) + ")",
                        null);
            }
        }
        return new NoQueueException(
                FailureKind.NO_ROUTE, "No route info of this topic: " + route.topic() + " has no queue " + queue, null);
    }

    static NoQueueException selectorFailed(String brief, @Nullable Throwable cause) {
        return new NoQueueException(FailureKind.SELECTOR, brief, cause);
    }

    SendFailure asFailure(boolean mayBeStored) {
        return SendFailure.of(kind, mayBeStored, String.valueOf(getMessage()), getCause());
    }
}
