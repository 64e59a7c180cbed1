package io.mqproducer.samples.orders;

import io.mqproducer.message.TransactionSendResult;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Places an order so that its row, its message and its audit are all there, or none of them. */
@Service
class TransactionalCheckout {

    private final OrderBook book;
    private final Stock stock;
    private final OrderEvents events;
    private final Audit audit;

    TransactionalCheckout(OrderBook book, Stock stock, OrderEvents events, Audit audit) {
        this.book = book;
        this.stock = stock;
        this.events = events;
        this.audit = audit;
    }

    /**
     * The stock is looked at last, when row and message are on their way already, to show that both vanish.
     *
     * @throws SoldOutException if there is not enough; nothing has happened then
     */
    @Transactional
    public TransactionSendResult place(Order order) {
        book.save(order);
        TransactionSendResult half = events.createdIfCommitted(order);
        audit.placedIfCommitted(order);
        stock.take(order.product(), order.pieces());
        return half;
    }
}
