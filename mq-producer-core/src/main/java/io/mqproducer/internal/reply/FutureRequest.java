package io.mqproducer.internal.reply;

import io.mqproducer.message.MessageView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A request whose end completes a future, on the callback executor. Whoever completes that from outside ends the request. */
final class FutureRequest extends PendingRequest {

    private final Executor callbacks;
    private final CompletableFuture<MessageView> future = new CompletableFuture<>();

    FutureRequest(PendingRequests requests, String correlationId, Duration timeout, Executor callbacks) {
        super(requests, correlationId, timeout);
        this.callbacks = callbacks;
        future.whenComplete((reply, failure) -> abandoned()); // too late, if the request was over before
    }

    CompletableFuture<MessageView> future() {
        return future;
    }

    @Override
    void wake() {
        callbacks.execute(this::complete);
    }

    private void complete() {
        MessageView reply;
        try {
            reply = result();
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
            return;
        }
        future.complete(reply);
    }
}
