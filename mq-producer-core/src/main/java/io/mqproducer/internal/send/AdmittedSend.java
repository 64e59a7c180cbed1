package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.encoding.MessagePreparer;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a send holds for as long as it lives, from the call on: room in flight, the memory of its bytes, its place in the
 * line of its ordering key. All of it is taken by {@link #begin} and given back by {@link #letGo}, its owner's last act.
 */
abstract class AdmittedSend extends PendingSend {

    private static final int NONE = -1;

    private int roomTaken = NONE;
    private boolean accepted;
    private OrderedKeys.@Nullable Key line; // that it stands in
    private boolean firstInLine;

    AdmittedSend(MessageSender sender, Message message, SendOptions options, SendMode mode, MessageRole role) {
        super(sender, message, options, mode, role);
    }

    /** Takes the message in, on the calling thread: hooks, checks, room in flight, the bytes; then the first attempt. */
    final void begin() {
        long begun;
        boolean compressesLater;
        try {
            begun = sender.admission().admit(this) ? start : System.nanoTime();
            MessagePreparer.Compression compression = sender.preparer().compressionOf(message());
            compressesLater = compression == MessagePreparer.Compression.SLOW && mayBeCompressedLater();
            boolean compressed = compression != MessagePreparer.Compression.NONE && !compressesLater;
            prepared(sender.preparer().prepare(message(), role(), start, compressed));
        } catch (MQProducerException e) {
            fail(SendFailure.of(e.kind(), false, withoutKind(e), e.getCause()));
            return;
        } catch (RuntimeException | Error e) {
            fail(notEncoded(e));
            return;
        }
        accepted = true;
        if (compressesLater) {
            awaitCompression();
            return;
        }
        measureSize();
        setOut(begun);
    }

    /** Begins with what somebody else has admitted and prepared. */
    final void beginPrepared() {
        accepted = true;
        measureSize();
        setOut(System.nanoTime());
    }

    /** Makes the first attempt, or stands in line for it. */
    private void setOut(long begun) {
        OrderedKeys.Key key = sender.lineOf(message());
        line = key;
        if (key == null) {
            attempt(begun);
        } else if (sender.orderedKeys().enter(key, this)) {
            firstInLine();
            attempt(System.nanoTime());
        }
    }

    /**
     * Whether another thread than the caller's may compress the body: only for senders who go on meanwhile, and of messages
     * that need not stay in the order of the calls.
     */
    private boolean mayBeCompressedLater() {
        return mode() == SendMode.ASYNC
                && options().target() == QueueTarget.any()
                && message().orderingKey().isEmpty();
    }

    /** Goes on, if that is still wanted, where {@link #begin} left off; on a thread that is there for this. */
    final void compressThenResume() {
        if (!sender.waitingRoom().claim(this)) {
            return; // cancelled, its time over, or the producer closed
        }
        try {
            sender.preparer().compress(outbound());
        } catch (RuntimeException | Error e) {
            fail(notEncoded(e));
            return;
        }
        measureSize();
        resume();
    }

    private void measureSize() {
        if (sender.measures()) {
            sender.metrics().messageSize(message().topic(), outbound().wireBodySize());
        }
    }

    private static SendFailure notEncoded(Throwable why) {
        return SendFailure.of(FailureKind.PROTOCOL, false, "message could not be encoded: " + why, why);
    }

    /** The exception's text without the kind that it begins with. */
    static String withoutKind(MQProducerException e) {
        String text = String.valueOf(e.getMessage());
        String kind = e.kind() + " ";
        return text.startsWith(kind) ? text.substring(kind.length()) : text;
    }

    final void roomTaken(int bytes) {
        roomTaken = bytes;
    }

    /** Whether the message was taken in; a send that was not has failed already. */
    final boolean isAccepted() {
        return accepted;
    }

    /** It is this send's turn; when it ends, it is the next one's. */
    final void firstInLine() {
        firstInLine = true;
    }

    /**
     * Gives back what the send holds.
     *
     * @param won whether the outcome is the owner's, to be delivered; else the caller's, who has seen to it
     */
    final void letGo(boolean won) {
        letGo(won, false);
    }

    /**
     * As {@link #letGo(boolean)}, of a send that was answered: its outcome may be delivered together with those of others.
     *
     * @return whether it is, so that somebody has to see to it
     */
    final boolean letGoAnswered(boolean won) {
        boolean together = won && isDeliveredTogether();
        letGo(won, together);
        return together;
    }

    private void letGo(boolean won, boolean deliveredLater) {
        if (isPrepared()) {
            outbound().release();
        }
        OrderedKeys.Key key = line;
        boolean first = firstInLine;
        try {
            if (!won) {
                returnRoom();
            } else if (!deliveredLater) {
                deliver();
            }
        } finally {
            if (key != null) {
                sender.orderedKeys().leave(key, this, first);
            }
        }
    }

    /** Gives back the room in flight; called once, when the outcome has been delivered. */
    void returnRoom() {
        if (roomTaken != NONE) {
            sender.backPressure().release(roomTaken);
        }
    }

    /** Waits for a thread that does {@link #compressThenResume}. */
    abstract void awaitCompression();

    /** Makes an attempt, which begins now, by {@link System#nanoTime}. */
    abstract void attempt(long now);

    /** Ends the send, failed; in the end {@link #letGo}. */
    abstract void fail(SendFailure failure);

    /** Goes on after a wait: another attempt, or the end if the time is over. */
    abstract void resume();

    /** Whether there is something to do for a send that waits. Called by threads that do not own it. */
    abstract boolean isDue(long now);

    /** Ends the send because the producer is closed. */
    abstract void producerClosed();

    /** Has the owner's outcome delivered, which ends in {@link #returnRoom}. */
    abstract void deliver();

    /** Whether outcomes that come together are better delivered together. */
    abstract boolean isDeliveredTogether();
}
