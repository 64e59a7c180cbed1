package io.mqproducer.message;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a transactional message. Immutable; tests make their own with {@link #of}. */
public final class TransactionSendResult {

    private final SendResult half;
    private final TransactionState transactionState;
    private final boolean confirmed;

    private TransactionSendResult(SendResult half, TransactionState transactionState, boolean confirmed) {
        this.half = Objects.requireNonNull(half, "half");
        this.transactionState = Objects.requireNonNull(transactionState, "transactionState");
        this.confirmed = confirmed;
    }

    /** A result of a half message, the state of its transaction and whether the broker has confirmed that. */
    public static TransactionSendResult of(SendResult half, TransactionState transactionState, boolean confirmed) {
        return new TransactionSendResult(half, transactionState, confirmed);
    }

    /** The answer to the half message. */
    public SendResult sendResult() {
        return half;
    }

    /**
     * How durably the half message is stored. If that is not {@code SEND_OK}, the local transaction was not run and the
     * message was rolled back.
     */
    public SendStatus status() {
        return half.status();
    }

    /** The id that the producer gave the message, half and committed: 32 hexadecimal digits. */
    public String msgId() {
        return half.msgId();
    }

    /** The queue that the message becomes visible in when it is committed. */
    public MessageQueue queue() {
        return half.queue();
    }

    /** The position of the half message among half messages; that of the committed one is not told. */
    public long queueOffset() {
        return half.queueOffset();
    }

    /** The id that the broker gave the half message. */
    public Optional<String> offsetMsgId() {
        return half.offsetMsgId();
    }

    /** What the transaction is called: what the broker reported, else the message's id. */
    public String transactionId() {
        return half.transactionId().orElseGet(half::msgId);
    }

    /** The region that the broker is configured for. */
    public Optional<String> regionId() {
        return half.regionId();
    }

    /** How many attempts the half message took, the successful one included. */
    public int attempts() {
        return half.attempts();
    }

    /** What the local transaction said, or what it was ended with. */
    public TransactionState transactionState() {
        return transactionState;
    }

    /**
     * Whether the broker has confirmed commit or rollback. If not, which it never is when the state is unknown, the broker asks
     * the {@code TransactionChecker} what to do.
     */
    public boolean confirmed() {
        return confirmed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TransactionSendResult that
                && half.equals(that.half)
                && transactionState == that.transactionState
                && confirmed == that.confirmed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(half, transactionState, confirmed);
    }

    @Override
    public String toString() {
        return "TransactionSendResult[" + transactionState + (confirmed ? "" : " unconfirmed") + ", " + half + "]";
    }
}
