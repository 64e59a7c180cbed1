package io.mqproducer;

import io.mqproducer.internal.send.MessageSender;
import io.mqproducer.internal.trace.TraceDispatcher;
import java.time.Duration;

/**
 * The message trace of a running producer.
 *
 * @param sender what sends the traces, over the same connections as the messages
 */
record Tracing(TraceDispatcher dispatcher, MessageSender sender) {

    /** The producer stops: traces wait for no others any more. */
    void hurry() {
        dispatcher.hurry();
    }

    /** Once all messages have their outcome: returns when their traces are stored, or the time is over. */
    void drain(long deadline) {
        try {
            dispatcher.drain(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.drain(deadline);
    }

    /** Ends it; what is not stored yet is lost, and counted. */
    void close() {
        dispatcher.close();
        sender.close();
    }

    /** Lets the threads end that are told what became of traces. */
    void closeCallbacks(Duration limit) throws InterruptedException {
        sender.closeCallbacks(limit);
    }
}
