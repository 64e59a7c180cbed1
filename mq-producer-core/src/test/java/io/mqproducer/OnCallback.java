package io.mqproducer;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.SendCallback;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Does something where callbacks run, which a stage of a future that is complete already would not. */
final class OnCallback<T> implements SendCallback {

    private final Callable<T> action;
    private final CompletableFuture<T> done = new CompletableFuture<>();

    private OnCallback(Callable<T> action) {
        this.action = action;
    }

    /** Sends a message, and acts when its outcome is told. */
    static <T> CompletableFuture<T> act(MQProducer producer, Callable<T> action) {
        OnCallback<T> callback = new OnCallback<>(action);
        producer.sendAsync(Probe.message(), SendOptions.defaults(), callback);
        return callback.done;
    }

    @Override
    public void onSuccess(SendResult result) {
        act();
    }

    @Override
    public void onException(MQProducerException exception) {
        act();
    }

    private void act() {
        try {
            done.complete(action.call());
        } catch (Exception | AssertionError e) {
            done.completeExceptionally(e);
        }
    }
}
