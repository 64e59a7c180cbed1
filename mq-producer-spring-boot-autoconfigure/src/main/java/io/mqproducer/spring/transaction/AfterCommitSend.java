package io.mqproducer.spring.transaction;

import io.mqproducer.MQProducer;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spring.ForwardingMQProducer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A message that waits for a commit, and the future of its caller. */
final class AfterCommitSend {

    private final MQProducer producer;

    /** The same, as it sends for the thread that this was made on. */
    private final MQProducer sender;

    private final Message message;
    private final SendOptions options;
    private final CompletableFuture<SendResult> outcome = new CompletableFuture<>();

    AfterCommitSend(MQProducer producer, Message message, SendOptions options) {
        this.producer = producer;
        this.sender = producer instanceof ForwardingMQProducer around ? around.inCallersContext() : producer;
        this.message = message;
        this.options = options;
    }

    MQProducer producer() {
        return producer;
    }

    String topic() {
        return message.topic();
    }

    CompletableFuture<SendResult> outcome() {
        return outcome;
    }

    /**
     * Sends it, unless its caller has completed the future meanwhile. May wait for room in flight.
     *
     * @param elsewhere where the future completes if that would be on this thread, which has others to send
     */
    void send(Executor elsewhere) {
        if (outcome.isDone()) {
            return;
        }
        CompletableFuture<SendResult> sent;
        try {
            sent = sender.sendAsync(message, options);
        } catch (RuntimeException | Error e) {
            sent = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<SendResult> sending = sent;
        Thread sendingThread = Thread.currentThread();
        sending.whenComplete((result, failure) -> {
            if (Thread.currentThread() == sendingThread) {
                elsewhere.execute(() -> complete(result, failure));
            } else {
                complete(result, failure);
            }
        });
        outcome.whenComplete((result, failure) -> {
            if (!sending.isDone()) { // its caller does not want it any more
                sending.cancel(false);
            }
        });
    }

    private void complete(@Nullable SendResult result, @Nullable Throwable failure) {
        if (failure == null) {
            outcome.complete(result);
        } else {
            outcome.completeExceptionally(failure);
        }
    }
}
