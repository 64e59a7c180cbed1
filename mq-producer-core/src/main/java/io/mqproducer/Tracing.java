package io.mqproducer;

import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.send.MessageSender;
import io.mqproducer.internal.trace.TraceDispatcher;
import io.mqproducer.internal.trace.TraceHook;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendMessageHook;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/**
 * The message trace of a running producer.
 *
 * @param hook what sees the messages
 * @param sender what sends the traces, over the same connections as the messages
 */
record Tracing(TraceHook hook, TraceDispatcher dispatcher, MessageSender sender) {

    /** As the settings want it. */
    static Tracing of(ProducerConfig config, MessageSender sender, LongUnaryOperator clock, ProducerMetrics metrics) {
        TraceDispatcher dispatcher = new TraceDispatcher(
                config.identity().name(),
                config.trace().topic(),
                config.trace().batchSize(),
                (message, callback) -> sender.sendAsync(message, SendOptions.defaults(), callback),
                metrics);
        TraceHook hook = new TraceHook(
                dispatcher, config.identity().group(), config.trace().topic(), clock);
        return new Tracing(hook, dispatcher, sender);
    }

    /** The application's hooks, and then the one that traces what they have made of messages. */
    List<SendMessageHook> after(List<SendMessageHook> hooks) {
        return Stream.concat(hooks.stream(), Stream.of(hook)).toList();
    }

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
