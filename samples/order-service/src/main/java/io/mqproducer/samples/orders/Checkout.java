package io.mqproducer.samples.orders;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Service;

/** Places an order, and tells of it in the mode that was asked for. */
@Service
class Checkout {

    private final OrderEvents events;
    private final Audit audit;
    private final TransactionalCheckout transactional;

    Checkout(OrderEvents events, Audit audit, TransactionalCheckout transactional) {
        this.events = events;
        this.audit = audit;
        this.transactional = transactional;
    }

    /** What fails is thrown in the modes that wait, and in the future in the one that does not. */
    CompletableFuture<Receipt> place(Order order, OrderMode mode) {
        CompletableFuture<Receipt> receipt = tell(order, mode);
        receipt.thenRun(() -> events.clicked(order));
        if (mode != OrderMode.TRANSACTIONAL) { // which has done that
            receipt.thenRun(() -> audit.placed(order));
        }
        return receipt;
    }

    private CompletableFuture<Receipt> tell(Order order, OrderMode mode) {
        return switch (mode) {
            case SYNC -> completedFuture(Receipt.stored(order, events.created(order)));
            case ASYNC -> events.createdAsync(order).thenApply(result -> Receipt.stored(order, result));
            case ONEWAY -> {
                events.createdOneway(order);
                yield completedFuture(Receipt.handedOver(order));
            }
            case TRANSACTIONAL -> completedFuture(Receipt.committed(order, transactional.place(order)));
        };
    }
}
