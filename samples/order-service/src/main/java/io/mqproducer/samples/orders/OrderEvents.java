package io.mqproducer.samples.orders;

import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** What the world is told about orders; each event in the mode that suits it. */
@Component
class OrderEvents {

    static final String ORDERS = "sample-orders";
    static final String AUDIT = "sample-audit";
    static final String CLICKS = "sample-clicks";

    private final SendSpec created;
    private final SendSpec audited;
    private final SendSpec clicked;

    OrderEvents(MQTemplate mq) {
        this.created = mq.destination(ORDERS + ":created");
        this.audited = mq.destination(AUDIT);
        this.clicked = mq.destination(CLICKS);
    }

    /** Waits for the broker: an order that is not stored must not be confirmed. One customer's orders keep their order. */
    SendResult created(Order order) {
        return created.withKeys(order.id()).withOrderingKey(order.customer()).send(order);
    }

    /** Does not wait, but looks at the outcome later. */
    CompletableFuture<SendResult> audited(Order order) {
        return audited.withKeys(order.id()).withHeader("pieces", order.pieces()).sendAsync(order);
    }

    /** Nobody misses a click that gets lost. */
    void clicked(Order order) {
        clicked.withKeys(order.id()).sendOneway(order.product());
    }
}
