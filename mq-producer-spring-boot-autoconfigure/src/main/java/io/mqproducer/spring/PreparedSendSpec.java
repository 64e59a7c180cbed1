package io.mqproducer.spring;

import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spi.LocalTransaction;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/** A {@link SendSpec} that keeps all but the body ready in a message of its own. */
final class PreparedSendSpec implements SendSpec {

    private final MQTemplate template;
    private final Message prototype;
    private final SendOptions options;

    private PreparedSendSpec(MQTemplate template, Message prototype, SendOptions options) {
        this.template = template;
        this.prototype = prototype;
        this.options = options;
    }

    static PreparedSendSpec of(MQTemplate template, Destination destination) {
        return new PreparedSendSpec(template, destination.prototype(), SendOptions.defaults());
    }

    private SendSpec with(UnaryOperator<Message.Builder> change) {
        return new PreparedSendSpec(
                template, change.apply(prototype.toBuilder()).build(), options);
    }

    private SendSpec with(SendOptions changed) {
        return new PreparedSendSpec(template, prototype, changed);
    }

    @Override
    public SendSpec withTag(String tag) {
        return with(message -> message.tag(tag));
    }

    @Override
    public SendSpec withKeys(String... keys) {
        return with(message -> message.keys(keys));
    }

    @Override
    public SendSpec withOrderingKey(String orderingKey) {
        return with(message -> message.orderingKey(orderingKey));
    }

    @Override
    public SendSpec withQueue(MessageQueue queue) {
        return with(options.to(QueueTarget.queue(queue)));
    }

    @Override
    public SendSpec withSelector(MessageQueueSelector selector, Object arg) {
        return with(options.to(QueueTarget.selectedBy(selector, arg)));
    }

    @Override
    public SendSpec withDelay(Duration delay) {
        return with(message -> message.delivery(DeliveryTime.after(delay)));
    }

    @Override
    public SendSpec withDeliveryTime(Instant at) {
        return with(message -> message.delivery(DeliveryTime.at(at)));
    }

    @Override
    public SendSpec withDelayLevel(int level) {
        return with(message -> message.delivery(DeliveryTime.atLevel(level)));
    }

    @Override
    public SendSpec withHeader(String name, @Nullable Object value) {
        return with(message -> header(message, name, value));
    }

    @Override
    public SendSpec withHeaders(Map<String, ? extends @Nullable Object> headers) {
        return with(message -> {
            headers.forEach((name, value) -> header(message, name, value));
            return message;
        });
    }

    private static Message.Builder header(Message.Builder message, String name, @Nullable Object value) {
        String text = HeaderText.of(name, value);
        if (text.isBlank()) {
            return message;
        }
        try {
            return message.property(name, text);
        } catch (IllegalArgumentException e) {
            throw HeaderText.refused(name, e);
        }
    }

    @Override
    public SendSpec withTimeout(Duration timeout) {
        return with(options.withTimeout(timeout));
    }

    @Override
    public SendSpec withMaxRetries(int maxRetries) {
        return with(options.withMaxRetries(maxRetries));
    }

    @Override
    public SendSpec withWaitForStore(boolean waitForStore) {
        return with(message -> message.waitForStore(waitForStore));
    }

    @Override
    public SendSpec withMessageCustomizer(Consumer<Message.Builder> customizer) {
        return with(message -> {
            customizer.accept(message);
            return message.body(Destination.NO_BODY_YET);
        });
    }

    @Override
    public SendResult send(Object payload) {
        return template.sender().send(message(payload), options);
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Object payload) {
        Message message;
        try {
            message = message(payload);
        } catch (MQConversionException e) {
            return CompletableFuture.failedFuture(e);
        }
        return template.sender().sendAsync(message, options);
    }

    @Override
    public void sendOneway(Object payload) {
        template.sender().sendOneway(message(payload), options);
    }

    @Override
    public BatchSendResult sendBatch(Collection<?> payloads) {
        return template.sender().sendBatch(messages(payloads), options);
    }

    @Override
    public CompletableFuture<BatchSendResult> sendBatchAsync(Collection<?> payloads) {
        List<Message> messages;
        try {
            messages = messages(payloads);
        } catch (MQConversionException e) {
            return CompletableFuture.failedFuture(e);
        }
        return template.sender().sendBatchAsync(messages, options);
    }

    @Override
    public TransactionSendResult sendInTransaction(Object payload, LocalTransaction localTransaction) {
        requireOptionsOfHalfMessages();
        return template.sender().sendInTransaction(message(payload), localTransaction);
    }

    @Override
    @SuppressWarnings("unchecked") // what a converter reads is of the type that it is asked for
    public <T> T request(Object payload, Class<T> replyType) {
        return (T) requestFor(payload, replyType);
    }

    @Override
    @SuppressWarnings("unchecked") // likewise
    public <T> T request(Object payload, ParameterizedTypeReference<T> replyType) {
        return (T) requestFor(payload, replyType.getType());
    }

    private Object requestFor(Object payload, Type replyType) {
        MessageView reply = template.sender().request(message(payload), options, requestTimeout());
        return template.payloads().reply(reply, replyType);
    }

    @Override
    public <T> CompletableFuture<T> requestAsync(Object payload, Class<T> replyType) {
        return requestAsyncFor(payload, replyType);
    }

    @Override
    public <T> CompletableFuture<T> requestAsync(Object payload, ParameterizedTypeReference<T> replyType) {
        return requestAsyncFor(payload, replyType.getType());
    }

    @SuppressWarnings("unchecked") // likewise
    private <T> CompletableFuture<T> requestAsyncFor(Object payload, Type replyType) {
        Message message;
        try {
            message = message(payload);
        } catch (MQConversionException e) {
            return CompletableFuture.failedFuture(e);
        }
        return MappedFuture.of(template.sender().requestAsync(message, options, requestTimeout()), reply ->
                (T) template.payloads().reply(reply, replyType));
    }

    private Duration requestTimeout() {
        return options.timeout().orElse(template.requestTimeout());
    }

    @Override
    public AfterCommitSpec afterCommit() {
        MessageTransactions transactions = template.transactions();
        transactions.requireTransaction();
        return payload -> transactions.sendAfterCommit(template.sender(), message(payload), options);
    }

    @Override
    public TransactionalSpec transactional() {
        requireOptionsOfHalfMessages();
        MessageTransactions transactions = template.transactions();
        transactions.requireTransaction();
        return payload -> transactions.sendWithTransaction(template.sender(), message(payload));
    }

    /** None of which a producer has for half messages: better to say so than to drop them. */
    private void requireOptionsOfHalfMessages() {
        if (!options.equals(SendOptions.defaults())) {
            throw new IllegalStateException(
                    "half messages have the producer's timeout and retries and go to any queue: leave out"
                            + " withTimeout, withMaxRetries, withQueue and withSelector");
        }
    }

    private Message message(Object payload) {
        return template.payloads().message(prototype, payload);
    }

    private List<Message> messages(Collection<?> payloads) {
        return template.payloads().messages(prototype, payloads);
    }
}
