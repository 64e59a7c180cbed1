package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.SendMessageResponse;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and what comes of it, in one object that is node of the connection's queues and entry of its in-flight
 * table as well. It is in the hands of one connection at a time, from {@link RemotingClient#submit} to the one call of
 * {@link #answered}, {@link #stored}, {@link #handedOver} or {@link #failed}, after which it may be submitted again. All
 * methods are called on the connection's event loop, must not block and must not run code of the application.
 */
public abstract class Exchange {

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    /** Link of the queue that it is in; cleared when taken out, lest old nodes keep young ones alive. */
    @Nullable
    Exchange next;

    /** What pairs it with its answer, on the connection that it was written to. */
    int opaque;

    /** When it is given up, by {@link System#nanoTime}; set before it is submitted. */
    private long expiry;

    /** Sets the point in time, by {@link System#nanoTime}, at which the connection gives it up. */
    protected final void expireAt(long nanoTime) {
        this.expiry = nanoTime;
    }

    final long expiry() {
        return expiry;
    }

    /**
     * If it is several in one, takes out those that match and gives them to the action; whether there are others, for which it
     * lives on.
     */
    boolean splitOff(Predicate<Exchange> condition, Consumer<Exchange> action) {
        return false;
    }

    /** Whether the request is written without an answer being expected. */
    protected abstract boolean oneway();

    /**
     * Called right before the request is written, for the last time that it can be held back.
     *
     * @return false if nobody wants it any more
     */
    protected abstract boolean beginWrite();

    /**
     * Writes the request's frame. What it throws fails the exchange, unwritten.
     *
     * @param oneway whether the frame is to say that no answer is wanted; only if the request {@linkplain #oneway is
     *     one-way}, and not always then
     */
    protected abstract void writeFrame(OutboundFrames out, int opaque, boolean oneway);

    /** The answer has come, whatever its code. */
    protected abstract void answered(RemotingCommand response);

    /**
     * The answer has come: a message is stored.
     *
     * @param now the time, by {@link System#nanoTime}; the same for all answers that one read has brought
     * @return whether {@link #deliver} is to be called once all that came with the answer has been read
     */
    protected abstract boolean stored(SendMessageResponse response, long now);

    /** Delivers what has become of the exchanges whose answers came together, this one among them. */
    protected void deliver(ExchangeQueue together) {
        throw new UnsupportedOperationException("nothing to deliver");
    }

    /** A one-way request was written to the socket. */
    protected abstract void handedOver();

    /** No answer will come. */
    protected abstract void failed(RemotingException failure);

    /** As {@link #failed}; one that cannot cope with its failure must not keep the others from theirs. */
    final void failSafely(RemotingException failure) {
        try {
            failed(failure);
        } catch (RuntimeException | Error e) {
            log.error("an exchange failed to take note of its failure", e);
        }
    }
}
