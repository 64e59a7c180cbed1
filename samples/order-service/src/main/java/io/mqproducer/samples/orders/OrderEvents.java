package io.mqproducer.samples.orders;

import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** What the world is told about orders: one event in each of the ways to send it. */
@Component
class OrderEvents {

    static final String ORDERS = "sample-orders";
    static final String CLICKS = "sample-clicks";

    private final SendSpec created;
    private final SendSpec clicked;

    OrderEvents(MQTemplate mq) {
        this.created = mq.destination(ORDERS + ":created");
        this.clicked = mq.destination(CLICKS);
    }

    /** Waits for the broker: an order that is not stored must not be confirmed. */
    SendResult created(Order order) {
        return inOrder(order).send(order);
    }

    /** Does not wait, but learns of the outcome. */
    CompletableFuture<SendResult> createdAsync(Order order) {
        return inOrder(order).sendAsync(order);
    }

    /** Does not even want to know. */
    void createdOneway(Order order) {
        inOrder(order).sendOneway(order);
    }

    /** Becomes visible if the transaction of the calling thread commits, whatever dies meanwhile. */
    TransactionSendResult createdIfCommitted(Order order) {
        return created.withKeys(order.id()).transactional().send(order);
    }

    /** Nobody misses a click that gets lost. */
    void clicked(Order order) {
        clicked.withKeys(order.id()).sendOneway(order.product());
    }

    /** One customer's orders are in one queue, in the order in which they were placed. */
    private SendSpec inOrder(Order order) {
        return created.withKeys(order.id()).withOrderingKey(order.customer());
    }
}
