package io.mqproducer.samples.orders;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders. What goes wrong is answered by {@link Failures}. */
@RestController
class OrderController {

    private final Checkout checkout;
    private final Clock clock = Clock.systemUTC();

    OrderController(Checkout checkout) {
        this.checkout = checkout;
    }

    /** What a customer sends. */
    record OrderRequest(String customer, String product, int pieces) {}

    /** One-way is "accepted" only, because nobody knows more; the time it took is a header, where browsers look for it. */
    @PostMapping("/orders")
    CompletableFuture<ResponseEntity<Receipt>> place(
            @RequestBody OrderRequest request, @RequestParam(defaultValue = "sync") String mode) {
        Order order = new Order(
                UUID.randomUUID().toString(), request.customer(), request.product(), request.pieces(), clock.instant());
        OrderMode chosen = OrderMode.of(mode);
        HttpStatus status = chosen == OrderMode.ONEWAY ? HttpStatus.ACCEPTED : HttpStatus.CREATED;
        long start = System.nanoTime();
        return checkout.place(order, chosen)
                .thenApply(receipt -> ResponseEntity.status(status)
                        .header("Server-Timing", "order;dur=" + (System.nanoTime() - start) / 1e6)
                        .body(receipt));
    }
}
