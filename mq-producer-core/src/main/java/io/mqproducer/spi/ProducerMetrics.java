package io.mqproducer.spi;

import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import org.jspecify.annotations.Nullable;

/**
 * Takes a producer's measurements. Called by sending threads, event loops and callback threads at the same time, so
 * it must be thread-safe and must not block; what it throws is logged once and changes nothing.
 */
public interface ProducerMetrics {

    /** Takes no measurements, and costs a send one comparison. */
    ProducerMetrics NONE = new ProducerMetrics() {};

    /** The producer is built; its gauges can be read until {@link #close}. */
    default void bind(ProducerGauges gauges) {}

    /**
     * A send is over.
     *
     * @param topic the topic, without namespace
     * @param kind why it failed, or null if it did not
     * @param nanos from the call to the outcome, retries included
     */
    default void sendCompleted(String topic, SendMode mode, Outcome outcome, @Nullable FailureKind kind, long nanos) {}

    /**
     * One attempt is over.
     *
     * @param brokerName the broker
     * @param responseCode its answer code, or -1 if it did not answer
     * @param nanos from the choice of the queue to the answer
     */
    default void attemptCompleted(String brokerName, int responseCode, long nanos) {}

    /** A send is tried again. */
    default void retried(String topic) {}

    /** A message was accepted; the size is that of its body on the wire. */
    default void messageSize(String topic, int bytes) {}

    /** Several messages were written as one request. */
    default void batchSent(int messages) {}

    /** A send waited this long for others to make room in flight. */
    default void backPressureWaited(long nanos) {}

    /** A callback or hook of the application threw. */
    default void callbackFailed() {}

    /** A commit or rollback was not confirmed by its broker, which will ask a checker about the transaction. */
    default void transactionUnconfirmed() {}

    /** A broker's question about a transaction was dropped, because too many were waiting; it will ask again. */
    default void transactionCheckDropped() {}

    /** So many message traces are lost, because they could not be stored, or more came than could be. */
    default void traceDropped(int traces) {}

    /** The producer is closed for good; meters bound to it can go. */
    default void close() {}
}
