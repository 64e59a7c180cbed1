package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.message.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has written and the server has still to answer. Pairs the answers, hands out together what one read
 * brought, and notices when none come. Confined to the connection's event loop.
 */
final class UnansweredRequests {

    private final InFlightTable inFlight;
    private final SilenceWatch silence = new SilenceWatch();
    private final ExchangeQueue answered = new ExchangeQueue(); // by what is being read
    private boolean reading;
    private long readAt;

    UnansweredRequests(int firstOpaque) {
        this.inFlight = new InFlightTable(firstOpaque);
    }

    /** Where requests are entered when they are written. */
    InFlightTable inFlight() {
        return inFlight;
    }

    /** Those whose outcome is delivered when the read is complete. */
    ExchangeQueue answered() {
        return answered;
    }

    boolean isEmpty() {
        return inFlight.size() == 0;
    }

    /** The server has said something. */
    void heard() {
        silence.heard();
    }

    /** Takes out the exchange that has been answered; null if there is none. An answer to a one-way request ends nothing. */
    @Nullable
    Exchange pair(int opaque) {
        Exchange exchange = inFlight.remove(opaque);
        if (exchange != null && exchange.oneway()) {
            inFlight.putBack(exchange);
            return null;
        }
        return exchange;
    }

    /** What was taken out is stored. */
    void stored(Exchange exchange, SendMessageResponse response) {
        if (exchange.stored(response, timeOfRead())) {
            answered.add(exchange);
        }
    }

    /** One look at the clock for all that a read brings. */
    private long timeOfRead() {
        if (!reading) {
            reading = true;
            readAt = System.nanoTime();
        }
        return readAt;
    }

    /** All that one read brought is known. */
    void readComplete() {
        reading = false;
        Exchange first = answered.peek();
        if (first != null) {
            first.deliver(answered);
        }
    }

    /**
     * Ends those whose time is over.
     *
     * @return whether the silence of the server means that it is dead
     */
    boolean giveUpExpired(long now) {
        boolean[] dead = {silence.isTooLong(!isEmpty(), now)};
        inFlight.removeExpired(now, late -> {
            dead[0] |= silence.unanswered(late.opaque, inFlight.nextOpaque(), now);
            late.failSafely(new RemotingException(FailureKind.TIMEOUT, true, "no answer", null));
        });
        if (isEmpty()) {
            silence.nothingWaits();
        }
        return dead[0];
    }

    /** Ends all: no answer will come any more. */
    void failAll(RemotingException failure) {
        inFlight.drain(exchange -> exchange.failSafely(failure));
    }
}
