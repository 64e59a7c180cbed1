package io.mqproducer.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.mqproducer.MQProducer;
import io.mqproducer.PreparedMessage;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spi.LocalTransaction;
import io.mqproducer.spi.SendCallback;
import io.mqproducer.spring.ForwardingMQProducer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Observes what is sent with a producer: one observation per message, per batch, per request with its reply, from the call to
 * the outcome. The context of the observation travels in the messages' user properties. Its scope is open while the producer
 * is called, in a local transaction, and again while dependents of a future run that were there when the send ended; the
 * observation is stopped after them. Of a one-way message it ends when the producer has accepted it. Thread-safe.
 */
public final class ObservedMQProducer extends ForwardingMQProducer {

    private static final MQTemplateObservationConvention DEFAULT = new DefaultMQTemplateObservationConvention();

    private final String name;
    private final ObservationRegistry registry;
    private final @Nullable MQTemplateObservationConvention convention;

    /** What sends are part of, or null for what the sending thread is doing. */
    private final @Nullable Observation parent;

    /**
     * A producer that is observed.
     *
     * @param name what {@code mq.template.name} says
     * @param producer the one that sends
     * @param registry is told of observations
     * @param convention how they are named and tagged, or null for {@link DefaultMQTemplateObservationConvention}
     */
    public ObservedMQProducer(
            String name,
            MQProducer producer,
            ObservationRegistry registry,
            @Nullable MQTemplateObservationConvention convention) {
        this(name, producer, registry, convention, null);
    }

    private ObservedMQProducer(
            String name,
            MQProducer producer,
            ObservationRegistry registry,
            @Nullable MQTemplateObservationConvention convention,
            @Nullable Observation parent) {
        super(producer);
        this.name = Objects.requireNonNull(name, "name");
        this.registry = Objects.requireNonNull(registry, "registry");
        this.convention = convention;
        this.parent = parent;
    }

    /** Its sends are part of what the calling thread is doing now. */
    @Override
    public MQProducer inCallersContext() {
        Observation current = registry.getCurrentObservation();
        return current == null ? this : new ObservedMQProducer(name, target(), registry, convention, current);
    }

    @Override
    public SendResult send(Message message, SendOptions options) {
        ObservedSend send = observed(message, SendMode.SYNC);
        return send.observe(() -> super.send(send.inContext(message), options), SendResult::msgId);
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
        ObservedSend send = observed(message, SendMode.ASYNC);
        return send.observeAsync(() -> super.sendAsync(send.inContext(message), options), SendResult::msgId);
    }

    @Override
    public void sendAsync(Message message, SendOptions options, SendCallback callback) {
        Objects.requireNonNull(callback, "callback");
        ObservedSend send = observed(message, SendMode.ASYNC);
        send.start(() -> super.sendAsync(send.inContext(message), options, new ObservedCallback(send, callback)));
    }

    @Override
    public void sendOneway(Message message, SendOptions options) {
        ObservedSend send = observed(message, SendMode.ONEWAY);
        send.observe(
                () -> {
                    super.sendOneway(send.inContext(message), options);
                    return message;
                },
                ObservedMQProducer::noId);
    }

    @Override
    public BatchSendResult sendBatch(Collection<Message> messages, SendOptions options) {
        List<Message> own = List.copyOf(messages);
        if (own.isEmpty()) {
            return super.sendBatch(own, options);
        }
        ObservedSend send = observed(own.get(0), SendMode.BATCH);
        return send.observe(() -> super.sendBatch(inContext(own, send), options), ObservedMQProducer::noId);
    }

    @Override
    public CompletableFuture<BatchSendResult> sendBatchAsync(Collection<Message> messages, SendOptions options) {
        List<Message> own = List.copyOf(messages);
        if (own.isEmpty()) {
            return super.sendBatchAsync(own, options);
        }
        ObservedSend send = observed(own.get(0), SendMode.BATCH);
        return send.observeAsync(() -> super.sendBatchAsync(inContext(own, send), options), ObservedMQProducer::noId);
    }

    private static List<Message> inContext(List<Message> messages, ObservedSend send) {
        return messages.stream().map(send::inContext).toList();
    }

    @Override
    public TransactionSendResult sendInTransaction(Message message, LocalTransaction localTransaction) {
        ObservedSend send = observed(message, SendMode.HALF);
        return send.observe(
                () -> super.sendInTransaction(send.inContext(message), localTransaction), TransactionSendResult::msgId);
    }

    @Override
    public PreparedMessage prepare(Message message) {
        ObservedSend send = observed(message, SendMode.HALF);
        return send.observe(
                () -> super.prepare(send.inContext(message)),
                half -> half.sendResult().msgId());
    }

    @Override
    public MessageView request(Message message, SendOptions options, Duration timeout) {
        ObservedSend send = observed(message, SendMode.REQUEST);
        return send.observe(() -> super.request(send.inContext(message), options, timeout), ObservedMQProducer::noId);
    }

    @Override
    public CompletableFuture<MessageView> requestAsync(Message message, SendOptions options, Duration timeout) {
        ObservedSend send = observed(message, SendMode.REQUEST);
        return send.observeAsync(
                () -> super.requestAsync(send.inContext(message), options, timeout), ObservedMQProducer::noId);
    }

    private ObservedSend observed(Message message, SendMode mode) {
        MQMessageSenderContext context = new MQMessageSenderContext(name, message.topic(), mode);
        Observation observation =
                MQTemplateObservation.TEMPLATE_SEND.observation(convention, DEFAULT, () -> context, registry);
        if (parent != null) {
            observation.parentObservation(parent);
        }
        return new ObservedSend(context, observation);
    }

    /** Batches have many ids, and the id of a reply is not that of the request. */
    private static @Nullable String noId(Object outcome) {
        return null;
    }

    /** Calls the application's callback inside the observation, which ends with it. */
    private record ObservedCallback(ObservedSend send, SendCallback callback) implements SendCallback {

        @Override
        public void onSuccess(SendResult result) {
            send.end(result.msgId(), null, () -> callback.onSuccess(result));
        }

        @Override
        public void onException(MQProducerException exception) {
            send.end(null, exception, () -> callback.onException(exception));
        }
    }
}
