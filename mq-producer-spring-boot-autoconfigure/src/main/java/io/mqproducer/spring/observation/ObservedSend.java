package io.mqproducer.spring.observation;

import io.micrometer.observation.Observation;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.Message;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One send and its observation, which is stopped once, whatever happens. */
final class ObservedSend {

    private static final Logger log = LoggerFactory.getLogger(ObservedSend.class);

    private final MQMessageSenderContext context;
    private final Observation observation;

    ObservedSend(MQMessageSenderContext context, Observation observation) {
        this.context = context;
        this.observation = observation;
    }

    /**
     * Sends on the calling thread, and stops the observation with the outcome.
     *
     * @param send called once the observation is started, so that {@link #inContext} knows its context
     * @param msgId the message's id in the outcome, or null
     */
    <T> T observe(Supplier<T> send, Function<T, @Nullable String> msgId) {
        return observation.observe(() -> {
            try {
                T outcome = send.get();
                note(msgId.apply(outcome));
                return outcome;
            } catch (MQProducerException e) {
                e.msgId().ifPresent(this::note);
                throw e;
            }
        });
    }

    /**
     * Sends without waiting. Dependents of the future that are there when the send ends run inside the observation, which is
     * stopped after them. Completing the future from outside cancels the send, as it does with the producer's.
     */
    <T> CompletableFuture<T> observeAsync(Supplier<CompletableFuture<T>> send, Function<T, @Nullable String> msgId) {
        observation.start();
        CompletableFuture<T> sending;
        try {
            sending = observation.scoped(send);
        } catch (RuntimeException | Error e) {
            observation.stop(); // scoped() has told it of the error
            throw e;
        }
        CompletableFuture<T> observed = new CompletableFuture<>();
        sending.whenComplete((outcome, failure) -> end(observed, outcome, failure, msgId));
        observed.whenComplete((outcome, failure) -> sending.cancel(true)); // without effect once it is complete
        return observed;
    }

    private <T> void end(
            CompletableFuture<T> observed,
            T outcome,
            @Nullable Throwable failure,
            Function<T, @Nullable String> msgId) {
        Runnable delivery = () -> deliver(observed, outcome, failure);
        try {
            if (failure == null) {
                note(msgId.apply(outcome));
            } else {
                failed(failure);
            }
            observation.scoped(delivery);
        } finally {
            delivery.run(); // a handler of observations that fails keeps nobody waiting
            observation.stop();
        }
    }

    private static <T> void deliver(CompletableFuture<T> observed, T outcome, @Nullable Throwable failure) {
        if (failure == null) {
            observed.complete(outcome);
        } else {
            observed.completeExceptionally(failure);
        }
    }

    /** Begins a send whose callback calls {@link #end}. */
    void start(Runnable send) {
        observation.start();
        try {
            observation.scoped(send);
        } catch (RuntimeException | Error e) {
            observation.stop(); // scoped() has told it of the error
            throw e;
        }
    }

    /** Runs the application's callback inside the observation, and stops that. */
    void end(@Nullable String msgId, @Nullable Throwable failure, Runnable callback) {
        note(msgId);
        if (failure != null) {
            failed(failure);
        }
        try {
            observation.scoped(callback);
        } finally {
            observation.stop();
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof MQProducerException e) {
            e.msgId().ifPresent(this::note);
        }
        observation.error(failure);
    }

    private void note(@Nullable String msgId) {
        if (msgId != null) {
            context.setMsgId(msgId);
        }
    }

    /** The message with the context of the observation, which is started, in its user properties. */
    Message inContext(Message message) {
        Map<String, String> properties = context.getCarrier();
        if (properties == null || properties.isEmpty()) {
            return message;
        }
        Message.Builder builder = message.toBuilder();
        properties.forEach((name, value) -> put(builder, name, value));
        return builder.build();
    }

    /** What RocketMQ cannot carry is left out: no send fails for being observed. */
    private static void put(Message.Builder message, String name, String value) {
        if (value.isBlank()) {
            return;
        }
        try {
            message.property(name, value);
        } catch (IllegalArgumentException e) {
            log.debug("context of an observation not sent: {}", e.getMessage());
        }
    }
}
