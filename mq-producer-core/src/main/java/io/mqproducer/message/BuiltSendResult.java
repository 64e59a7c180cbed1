package io.mqproducer.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A result made of given values. */
final class BuiltSendResult extends SendResult {

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

    BuiltSendResult(Builder builder) {
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

    @Override
    public SendStatus status() {
        return status;
    }

    @Override
    public String msgId() {
        return msgId;
    }

    @Override
    public MessageQueue queue() {
        return queue;
    }

    @Override
    public long queueOffset() {
        return queueOffset;
    }

    @Override
    public Optional<String> offsetMsgId() {
        return Optional.ofNullable(offsetMsgId);
    }

    @Override
    public Optional<String> transactionId() {
        return Optional.ofNullable(transactionId);
    }

    @Override
    public Optional<String> regionId() {
        return Optional.ofNullable(regionId);
    }

    @Override
    public Optional<String> recallHandle() {
        return Optional.ofNullable(recallHandle);
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public boolean mayBeDuplicate() {
        return mayBeDuplicate;
    }
}
