package io.mqproducer.spring;

import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@link SendSpec} that keeps all but the body ready in a message of its own. */
final class PreparedSendSpec implements SendSpec {

    /** A message cannot be without a body; this one never leaves. */
    private static final byte[] NO_BODY_YET = {0};

    private final MQTemplate template;
    private final Message prototype;
    private final SendOptions options;

    private PreparedSendSpec(MQTemplate template, Message prototype, SendOptions options) {
        this.template = template;
        this.prototype = prototype;
        this.options = options;
    }

    static PreparedSendSpec of(MQTemplate template, Destination destination) {
        return new PreparedSendSpec(
                template, destination.newMessage().body(NO_BODY_YET).build(), SendOptions.defaults());
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
        String text = value == null ? "" : value.toString();
        return text.isBlank() ? message : message.property(name, text);
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
    public SendResult send(Object payload) {
        return template.getProducer().send(message(payload), options);
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Object payload) {
        Message message;
        try {
            message = message(payload);
        } catch (MQConversionException e) {
            return CompletableFuture.failedFuture(e);
        }
        return template.getProducer().sendAsync(message, options);
    }

    @Override
    public void sendOneway(Object payload) {
        template.getProducer().sendOneway(message(payload), options);
    }

    @Override
    public AfterCommitSpec afterCommit() {
        MessageTransactions transactions = template.transactions();
        transactions.requireTransaction();
        return payload -> transactions.sendAfterCommit(template.getProducer(), message(payload), options);
    }

    @Override
    public TransactionalSpec transactional() {
        MessageTransactions transactions = template.transactions();
        transactions.requireTransaction();
        return payload -> transactions.sendWithTransaction(template.getProducer(), message(payload));
    }

    private Message message(Object payload) {
        return prototype.toBuilder().body(template.converter().toBody(payload)).build();
    }
}
