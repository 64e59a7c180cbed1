package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.message.FailureKind;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes requests to an open channel and enters them in the in-flight table. Confined to the event loop. */
final class RequestWriter {

    /** More than the largest frame, which may be on its way. In bytes. */
    private static final long MOST_UNSENT = 32L << 20;

    private final Channel channel;
    private final InFlightTable inFlight;
    private final OnewayWindow onewayWindow;
    private final Runnable onHandedOver;
    private final OutboundFrames frames;
    private final List<Integer> onewaysGathered = new ArrayList<>();
    private boolean writing;

    /**
     * @param signer signs requests, or null if they are not signed
     * @param onHandedOver told when one-way requests have left the in-flight table
     */
    RequestWriter(
            Channel channel,
            @Nullable RequestSigner signer,
            InFlightTable inFlight,
            OnewayWindow onewayWindow,
            Runnable onHandedOver) {
        this.channel = channel;
        this.inFlight = inFlight;
        this.onewayWindow = onewayWindow;
        this.onHandedOver = onHandedOver;
        this.frames = new OutboundFrames(channel, channel.alloc(), signer);
    }

    /** Writes what may be written, in order, for as long as the socket takes it. */
    void writeAll(WaitingExchanges waiting) {
        if (writing || !waiting.mayBeWritten()) {
            return; // a channel that becomes full tells of it from within the write, perhaps between head and body
        }
        writing = true;
        try {
            writeWhileTaken(waiting);
        } finally {
            writing = false;
        }
        flush();
    }

    private void writeWhileTaken(WaitingExchanges waiting) {
        while (channel.isWritable()) {
            Exchange exchange = waiting.poll();
            if (exchange == null) {
                return;
            }
            write(exchange);
            if (frames.isFull()) {
                frames.writeGathered();
            }
        }
    }

    /** Writes one request now, whether the socket wants it or not. */
    void writeAtOnce(Exchange exchange) {
        write(exchange);
        flush();
    }

    /** Writes an answer to a request of the server's, unless so much is unsent that it cannot be reading answers at all. */
    void answer(RemotingCommand answer) {
        if (channel.bytesBeforeWritable() > MOST_UNSENT) {
            return;
        }
        frames.answer(answer);
        flush();
    }

    private void write(Exchange exchange) {
        if (!exchange.beginWrite()) {
            exchange.failed(
                    new RemotingException(FailureKind.CANCELLED, false, "cancelled before it was written", null));
            return;
        }
        if (exchange.oneway()) {
            writeOneway(exchange);
        } else {
            writeFrame(exchange, inFlight.add(exchange), false);
        }
    }

    /** One that is to be answered too is done when it is written; what waits for the answer is in flight beside it. */
    private void writeOneway(Exchange exchange) {
        int opaque = inFlight.add(exchange);
        OnewayConfirmation question = onewayWindow.nextQuestion();
        if (question == null) {
            if (!writeFrame(exchange, opaque, true)) {
                return;
            }
        } else {
            int asked = inFlight.add(question);
            if (!writeFrame(exchange, asked, false)) {
                inFlight.remove(asked);
                return;
            }
        }
        onewayWindow.wrote();
        onewaysGathered.add(opaque);
    }

    /** Returns false if it could not be written and has failed. */
    private boolean writeFrame(Exchange exchange, int opaque, boolean oneway) {
        try {
            exchange.writeFrame(frames, opaque, oneway);
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            frames.rollback();
            inFlight.remove(exchange.opaque);
            exchange.failed(unwritten(e));
            return false;
        }
    }

    private static RemotingException unwritten(Throwable cause) {
        if (cause instanceof RemotingException known) {
            return known;
        }
        return cause instanceof OutOfMemoryError
                ? new RemotingException(FailureKind.RESOURCE, false, "out of direct memory", cause)
                : new RemotingException(FailureKind.PROTOCOL, false, "request could not be encoded", cause);
    }

    /**
     * Sends what is gathered. A one-way request is in flight until the last byte that was gathered with it has left;
     * like any other it may be late or lost before.
     */
    private void flush() {
        frames.writeGathered();
        if (onewaysGathered.isEmpty()) {
            channel.flush();
            return;
        }
        List<Integer> oneways = List.copyOf(onewaysGathered);
        onewaysGathered.clear();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            if (written.isSuccess()) {
                oneways.forEach(this::handedOver);
                onHandedOver.run();
            }
        });
    }

    private void handedOver(int opaque) {
        Exchange oneway = inFlight.remove(opaque);
        if (oneway != null) {
            oneway.handedOver();
        }
    }

    /** Releases what was gathered and never handed to the channel. */
    void discard() {
        frames.discard();
    }
}
