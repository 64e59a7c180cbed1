package io.mqproducer.message;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a broker said of a message that it stored. Immutable; tests make their own with {@link #builder}. */
public final class SendResult {

    private final SendStatus status;
    private final String msgId;
    private final MessageQueue queue;
    private final long queueOffset;
    private final @Nullable String offsetMsgId;
    private final @Nullable String transactionId;
    private final @Nullable String regionId;
    private final @Nullable String recallHandle;
    private final int attempts;
    private final boolean mayBeDuplicate;

    private SendResult(Builder builder) {
        this.status = builder.status;
        this.msgId = builder.msgId;
        this.queue = builder.queue;
        this.queueOffset = builder.queueOffset;
        this.offsetMsgId = builder.offsetMsgId;
        this.transactionId = builder.transactionId;
        this.regionId = builder.regionId;
        this.recallHandle = builder.recallHandle;
        this.attempts = builder.attempts;
        this.mayBeDuplicate = builder.mayBeDuplicate;
    }

    /** A builder for a result of this message id, stored in this queue at this offset. */
    public static Builder builder(String msgId, MessageQueue queue, long queueOffset) {
        return new Builder(msgId, queue, queueOffset);
    }

    /** How durably it is stored. */
    public SendStatus status() {
        return status;
    }

    /** The id that the producer gave the message (RocketMQ's {@code UNIQ_KEY}): 32 hexadecimal digits. */
    public String msgId() {
        return msgId;
    }

    /** The queue that the broker stored it in; its id may differ from the one asked for (priority, static topics). */
    public MessageQueue queue() {
        return queue;
    }

    /** Its position in that queue, from 0. */
    public long queueOffset() {
        return queueOffset;
    }

    /** The id that the broker gave it: the broker's address and the place in its commit log, in hexadecimal. */
    public Optional<String> offsetMsgId() {
        return Optional.ofNullable(offsetMsgId);
    }

    /** The transaction id that the broker reported. */
    public Optional<String> transactionId() {
        return Optional.ofNullable(transactionId);
    }

    /** The region that the broker is configured for. */
    public Optional<String> regionId() {
        return Optional.ofNullable(regionId);
    }

    /** The handle by which a message with a delivery time can be recalled (brokers from 5.3.2). */
    public Optional<String> recallHandle() {
        return Optional.ofNullable(recallHandle);
    }

    /** How many attempts it took, the successful one included. */
    public int attempts() {
        return attempts;
    }

    /** Whether an earlier attempt may have stored the message too; all copies bear the same {@link #msgId}. */
    public boolean mayBeDuplicate() {
        return mayBeDuplicate;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SendResult that
                && status == that.status
                && msgId.equals(that.msgId)
                && queue.equals(that.queue)
                && queueOffset == that.queueOffset
                && Objects.equals(offsetMsgId, that.offsetMsgId)
                && Objects.equals(transactionId, that.transactionId)
                && Objects.equals(regionId, that.regionId)
                && Objects.equals(recallHandle, that.recallHandle)
                && attempts == that.attempts
                && mayBeDuplicate == that.mayBeDuplicate;
    }

    @Override
    public int hashCode() {
        return Objects.hash(msgId, queue, queueOffset);
    }

    @Override
    public String toString() {
        return "SendResult[" + status + ", msgId=" + msgId + ", queue=" + queue.brokerName() + ":" + queue.topic() + ":"
                + queue.queueId() + ", queueOffset=" + queueOffset + ", offsetMsgId=" + offsetMsgId + ", attempts="
                + attempts + ", mayBeDuplicate=" + mayBeDuplicate + "]";
    }

    /** Collects a {@link SendResult}; unset, it is {@code SEND_OK} after one attempt. Not thread-safe. */
    public static final class Builder {

        private final String msgId;
        private final MessageQueue queue;
        private final long queueOffset;
        private SendStatus status = SendStatus.SEND_OK;
        private @Nullable String offsetMsgId;
        private @Nullable String transactionId;
        private @Nullable String regionId;
        private @Nullable String recallHandle;
        private int attempts = 1;
        private boolean mayBeDuplicate;

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
            return new SendResult(this);
        }
    }
}
