package io.mqproducer.message;

import java.util.Objects;

/** Where the caller wants a message to go. */
public sealed interface QueueTarget {

    /** The producer chooses: round robin over the brokers that are well, or by the message's ordering key. */
    static QueueTarget any() {
        return Any.ANY;
    }

    /** This queue and no other; a retry stays on it. */
    static QueueTarget queue(MessageQueue queue) {
        return new Fixed(queue);
    }

    /** The queue that the selector chooses, once per send; a retry stays on it. */
    static QueueTarget selectedBy(MessageQueueSelector selector, Object arg) {
        return new Selected(selector, arg);
    }

    /** The producer chooses. */
    enum Any implements QueueTarget {
        ANY
    }

    /** One given queue. */
    record Fixed(MessageQueue queue) implements QueueTarget {
        public Fixed {
            Objects.requireNonNull(queue, "queue");
        }
    }

    /** The caller's selector chooses, by an argument such as an order id. */
    record Selected(MessageQueueSelector selector, Object arg) implements QueueTarget {
        public Selected {
            Objects.requireNonNull(selector, "selector");
            Objects.requireNonNull(arg, "arg");
        }
    }
}
