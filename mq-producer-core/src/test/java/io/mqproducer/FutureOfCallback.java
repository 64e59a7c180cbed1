package io.mqproducer;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.SendCallback;
import java.util.concurrent.CompletableFuture;

/** A callback that can be waited for. */
record FutureOfCallback(CompletableFuture<SendResult> future) implements SendCallback {

    FutureOfCallback() {
        this(new CompletableFuture<>());
    }

    @Override
    public void onSuccess(SendResult result) {
        future.complete(result);
    }

    @Override
    public void onException(MQProducerException exception) {
        future.completeExceptionally(exception);
    }
}
