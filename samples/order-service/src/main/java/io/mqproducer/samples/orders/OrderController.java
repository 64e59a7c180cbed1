package io.mqproducer.samples.orders;

import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.SendResult;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders. */
@RestController
class OrderController {

    private static final Logger log = LoggerFactory.getLogger(OrderController.class);

    private final OrderEvents events;
    private final Clock clock = Clock.systemUTC();

    OrderController(OrderEvents events) {
        this.events = events;
    }

    /** What a customer sends. */
    record OrderRequest(String customer, String product, int pieces) {}

    /** What the customer gets: the order's id, and where its message is. */
    record Confirmation(String orderId, String messageId, String broker, int queue, long offset) {}

    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    Confirmation place(@RequestBody OrderRequest request) {
        Order order = new Order(
                UUID.randomUUID().toString(), request.customer(), request.product(), request.pieces(), clock.instant());
        events.clicked(order);
        SendResult stored = events.created(order);
        events.audited(order).whenComplete((result, failure) -> {
            if (failure != null) {
                log.warn("order {} is not audited", order.id(), failure);
            }
        });
        return new Confirmation(
                order.id(),
                stored.msgId(),
                stored.queue().brokerName(),
                stored.queue().queueId(),
                stored.queueOffset());
    }

    /** Certain: the customer may simply order again. */
    @ExceptionHandler
    ProblemDetail notStored(MessageNotStoredException failure) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "Nothing was ordered: " + failure.kind());
    }

    /** Uncertain: ordering again may order twice. */
    @ExceptionHandler
    ProblemDetail maybeStored(MessageMaybeStoredException failure) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.GATEWAY_TIMEOUT, "Perhaps ordered, please ask before you repeat: " + failure.kind());
    }
}
