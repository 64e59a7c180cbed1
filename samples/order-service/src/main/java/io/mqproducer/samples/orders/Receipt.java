package io.mqproducer.samples.orders;

import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.message.TransactionSendResult;
import org.jspecify.annotations.Nullable;

/**
 * What a customer gets for an order.
 *
 * @param orderId the order's id
 * @param outcome what became of its message, in a word or two
 * @param message where the message is; null of one that nobody waited for
 */
record Receipt(String orderId, String outcome, @Nullable Place message) {

    /**
     * Where a message is.
     *
     * @param offset null of a transactional one, which gets its offset when the broker hears of the commit
     */
    record Place(
            String id, String broker, int queue, @Nullable Long offset) {}

    static Receipt stored(Order order, SendResult result) {
        String outcome = result.status() == SendStatus.SEND_OK ? "stored" : "stored, " + result.status();
        return new Receipt(
                order.id(),
                outcome,
                new Place(
                        result.msgId(),
                        result.queue().brokerName(),
                        result.queue().queueId(),
                        result.queueOffset()));
    }

    static Receipt handedOver(Order order) {
        return new Receipt(order.id(), "handed over", null);
    }

    static Receipt committed(Order order, TransactionSendResult half) {
        return new Receipt(
                order.id(),
                "committed",
                new Place(half.msgId(), half.queue().brokerName(), half.queue().queueId(), null));
    }
}
