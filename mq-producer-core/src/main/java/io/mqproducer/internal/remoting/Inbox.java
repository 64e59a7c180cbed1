package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.SendMessageResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges on their way from any thread to the event loop of a connection: a stack that is taken whole and turned
 * round, so that a push is one compare-and-set and tells whether the event loop has to be woken.
 */
final class Inbox {

    /** What a push met. */
    enum Push {
        /** It is the first since the last taking: someone has to see to it. */
        FIRST,
        /** Others wait already, and someone sees to them. */
        FURTHER,
        /** The inbox is closed, and the exchange not in it. */
        CLOSED
    }

    private static final Exchange CLOSED = new ClosedMark();

    private final AtomicReference<@Nullable Exchange> top = new AtomicReference<>();

    Push push(Exchange exchange) {
        while (true) {
            Exchange seen = top.get();
            if (seen == CLOSED) {
                return Push.CLOSED;
            }
            exchange.next = seen;
            if (top.compareAndSet(seen, exchange)) {
                return seen == null ? Push.FIRST : Push.FURTHER;
            }
        }
    }

    /** Moves all to the end of the queue, in the order of their pushes. Event loop only. */
    void drainTo(ExchangeQueue queue) {
        if (top.get() != null) {
            queue.addReversed(top.getAndSet(null));
        }
    }

    /** As {@link #drainTo}, and lets nothing in any more. Event loop only, once. */
    void closeAndDrainTo(ExchangeQueue queue) {
        queue.addReversed(top.getAndSet(CLOSED));
    }

    /** Never written, never answered: its identity says that the inbox is closed. */
    private static final class ClosedMark extends Exchange {
        @Override
        protected boolean oneway() {
            return true;
        }

        @Override
        protected boolean beginWrite() {
            return false;
        }

        @Override
        protected void writeFrame(OutboundFrames out, int opaque, boolean oneway) {}

        @Override
        protected void answered(RemotingCommand response) {}

        @Override
        protected boolean stored(SendMessageResponse response, long now) {
            return false;
        }

        @Override
        protected void handedOver() {}

        @Override
        protected void failed(RemotingException failure) {}
    }
}
