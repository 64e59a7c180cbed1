package io.mqproducer.message;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a broker said of a message that it stored. Immutable; applications get results, and their tests make their own with
 * {@link #builder}.
 */
public abstract class SendResult {

    /** For the producer, whose results make their ids to text when they are asked for. */
    protected SendResult() {}

    /** A builder for a result of this message id, stored in this queue at this offset. */
    public static Builder builder(String msgId, MessageQueue queue, long queueOffset) {
        return new Builder(msgId, queue, queueOffset);
    }

    /** How durably it is stored. */
    public abstract SendStatus status();

    /** The id that the producer gave the message (RocketMQ's {@code UNIQ_KEY}): 32 hexadecimal digits. */
    public abstract String msgId();

    /** The queue that the broker stored it in; its id may differ from the one asked for (priority, static topics). */
    public abstract MessageQueue queue();

    /** Its position in that queue, from 0. */
    public abstract long queueOffset();

    /** The id that the broker gave it: the broker's address and the place in its commit log, in hexadecimal. */
    public abstract Optional<String> offsetMsgId();

    /** The transaction id that the broker reported. */
    public abstract Optional<String> transactionId();

    /** The region that the broker is configured for. */
    public abstract Optional<String> regionId();

    /** The handle by which a message with a delivery time can be recalled (brokers from 5.3.2). */
    public abstract Optional<String> recallHandle();

    /** How many attempts it took, the successful one included. */
    public abstract int attempts();

    /** Whether an earlier attempt may have stored the message too; all copies bear the same {@link #msgId}. */
    public abstract boolean mayBeDuplicate();

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof SendResult that
                && status() == that.status()
                && msgId().equals(that.msgId())
                && queue().equals(that.queue())
                && queueOffset() == that.queueOffset()
                && offsetMsgId().equals(that.offsetMsgId())
                && transactionId().equals(that.transactionId())
                && regionId().equals(that.regionId())
                && recallHandle().equals(that.recallHandle())
                && attempts() == that.attempts()
                && mayBeDuplicate() == that.mayBeDuplicate();
    }

    @Override
    public final int hashCode() {
        return Objects.hash(msgId(), queue(), queueOffset());
    }

    @Override
    public final String toString() {
        return "SendResult[" + status() + ", msgId=" + msgId() + ", queue="
                + queue().brokerName() + ":" + queue().topic() + ":" + queue().queueId() + ", queueOffset="
                + queueOffset() + ", offsetMsgId=" + offsetMsgId().orElse(null) + ", attempts=" + attempts()
                + ", mayBeDuplicate=" + mayBeDuplicate() + "]";
    }

    /** Collects a {@link SendResult}; unset, it is {@code SEND_OK} after one attempt. Not thread-safe. */
    public static final class Builder {

        final String msgId;
        final MessageQueue queue;
        final long queueOffset;
        SendStatus status = SendStatus.SEND_OK;

        @Nullable
        String offsetMsgId;

        @Nullable
        String transactionId;

        @Nullable
        String regionId;

        @Nullable
        String recallHandle;

        int attempts = 1;
        boolean mayBeDuplicate;

        private Builder(String msgId, MessageQueue queue, long queueOffset) {
            this.msgId = Objects.requireNonNull(msgId, "msgId");
            this.queue = Objects.requireNonNull(queue, "queue");
            this.queueOffset = queueOffset;
        }

        public Builder status(SendStatus status) {
            this.status = Objects.requireNonNull(status, "status");
            return this;
        }

        public Builder offsetMsgId(@Nullable String offsetMsgId) {
            this.offsetMsgId = offsetMsgId;
            return this;
        }

        public Builder transactionId(@Nullable String transactionId) {
            this.transactionId = transactionId;
            return this;
        }

        public Builder regionId(@Nullable String regionId) {
            this.regionId = regionId;
            return this;
        }

        public Builder recallHandle(@Nullable String recallHandle) {
            this.recallHandle = recallHandle;
            return this;
        }

        public Builder attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        public Builder mayBeDuplicate(boolean mayBeDuplicate) {
            this.mayBeDuplicate = mayBeDuplicate;
            return this;
        }

        public SendResult build() {
            return new BuiltSendResult(this);
        }
    }
}
