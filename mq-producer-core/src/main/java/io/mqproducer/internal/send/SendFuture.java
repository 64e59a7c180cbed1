package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The future of a send, or of a batch. Whoever completes it from outside ends the send. */
final class SendFuture<T> extends CompletableFuture<T> {

    /** What the future is of. */
    interface Cancellable {

        /** The application has completed the future. */
        void cancelled();
    }

    private final Cancellable send;

    SendFuture(Cancellable send) {
        this.send = send;
    }

    void deliver(T result) {
        super.complete(result);
    }

    void deliver(MQProducerException failure) {
        super.completeExceptionally(failure);
    }

    @Override
    public boolean complete(T value) {
        return endIf(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return endIf(super.completeExceptionally(failure));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return endIf(super.cancel(mayInterruptIfRunning));
    }

    /** Its form without an executor comes here, too. */
    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (RuntimeException | Error e) {
                completeExceptionally(e);
            }
        });
        return this;
    }

    @Override
    public void obtrudeValue(T value) {
        super.obtrudeValue(value);
        send.cancelled();
    }

    @Override
    public void obtrudeException(Throwable failure) {
        super.obtrudeException(failure);
        send.cancelled();
    }

    private boolean endIf(boolean completed) {
        if (completed) {
            send.cancelled();
        }
        return completed;
    }
}
