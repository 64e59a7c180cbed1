package io.mqproducer.recording;

import io.mqproducer.PreparedMessage;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A half message that takes note of its end. */
final class RecordedPreparedMessage implements PreparedMessage {

    private final SendResult half;
    private final Function<TransactionState, TransactionSendResult> ending;
    private final AtomicBoolean ended = new AtomicBoolean();

    RecordedPreparedMessage(SendResult half, Function<TransactionState, TransactionSendResult> ending) {
        this.half = half;
        this.ending = ending;
    }

    @Override
    public SendResult sendResult() {
        return half;
    }

    @Override
    public String transactionId() {
        return half.msgId();
    }

    /** What a recording producer has for one. */
    @Override
    public String producerGroup() {
        return RecordingMQProducer.GROUP;
    }

    @Override
    public TransactionSendResult commit() {
        return end(TransactionState.COMMIT);
    }

    @Override
    public TransactionSendResult rollback() {
        return end(TransactionState.ROLLBACK);
    }

    private TransactionSendResult end(TransactionState state) {
        if (!ended.compareAndSet(false, true)) {
            throw new IllegalStateException("the message was committed or rolled back before");
        }
        return ending.apply(state);
    }
}
