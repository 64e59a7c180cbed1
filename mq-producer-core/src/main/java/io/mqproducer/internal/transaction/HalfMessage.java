package io.mqproducer.internal.transaction;

import io.mqproducer.internal.protocol.OffsetMessageId;
import io.mqproducer.internal.send.StoredHalf;
import io.mqproducer.internal.util.PrintableText;
import io.mqproducer.message.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * A half message, and where its broker looks for it: a broker that asks about one has moved it.
 *
 * @param topic that it was sent to, without namespace
 * @param brokerName the broker that has it; null if that has asked without naming itself, as 4.9 does
 * @param queueOffset its place among half messages
 * @param commitLogOffset its place in the broker's log
 * @param fromCheck whether the broker has told this when it asked
 */
record HalfMessage(
        String topic,
        @Nullable String brokerName,
        String msgId,
        String transactionId,
        long queueOffset,
        long commitLogOffset,
        boolean fromCheck) {

    private static final int SHOWN = 64;

    /** What the transaction is called, for people: a broker may have called it anything. */
    String printableId() {
        return PrintableText.of(transactionId, SHOWN);
    }

    /**
     * One as the answer to its send places it.
     *
     * @throws IllegalArgumentException if the answer does not say where it is
     */
    static HalfMessage of(StoredHalf stored) {
        SendResult result = stored.result();
        return new HalfMessage(
                stored.message().topic(),
                result.queue().brokerName(),
                result.msgId(),
                result.transactionId().orElseGet(result::msgId),
                result.queueOffset(),
                OffsetMessageId.parse(result.offsetMsgId().orElse("")).physicalOffset(),
                false);
    }
}
