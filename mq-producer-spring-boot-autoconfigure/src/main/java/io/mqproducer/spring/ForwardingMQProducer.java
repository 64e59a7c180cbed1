package io.mqproducer.spring;

import io.mqproducer.MQAdmin;
import io.mqproducer.MQProducer;
import io.mqproducer.PreparedMessage;
import io.mqproducer.ProducerStatus;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spi.LocalTransaction;
import io.mqproducer.spi.SendCallback;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Hands everything to another producer: the base of those that add something to the ways in which a template sends, see {@link
 * MQTemplate.Builder#decorator}. As thread-safe as that producer.
 */
public abstract class ForwardingMQProducer implements MQProducer {

    private final MQProducer target;

    protected ForwardingMQProducer(MQProducer target) {
        this.target = Objects.requireNonNull(target, "target");
    }

    /** The producer that everything is handed to. */
    protected final MQProducer target() {
        return target;
    }

    /**
     * A producer that does for any thread what this one would do for the calling thread now, for whoever sends later what the
     * calling thread has asked for, such as messages after a commit. This one, unless overridden: to be, if what this class adds
     * depends on the calling thread, or if it is put around one of which that is true.
     */
    public MQProducer inCallersContext() {
        return this;
    }

    @Override
    public void start() {
        target.start();
    }

    @Override
    public void stop(Duration drain) {
        target.stop(drain);
    }

    @Override
    public void close() {
        target.close();
    }

    @Override
    public SendResult send(Message message, SendOptions options) {
        return target.send(message, options);
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
        return target.sendAsync(message, options);
    }

    @Override
    public void sendAsync(Message message, SendOptions options, SendCallback callback) {
        target.sendAsync(message, options, callback);
    }

    @Override
    public void sendOneway(Message message, SendOptions options) {
        target.sendOneway(message, options);
    }

    @Override
    public BatchSendResult sendBatch(Collection<Message> messages, SendOptions options) {
        return target.sendBatch(messages, options);
    }

    @Override
    public CompletableFuture<BatchSendResult> sendBatchAsync(Collection<Message> messages, SendOptions options) {
        return target.sendBatchAsync(messages, options);
    }

    @Override
    public TransactionSendResult sendInTransaction(Message message, LocalTransaction localTransaction) {
        return target.sendInTransaction(message, localTransaction);
    }

    @Override
    public PreparedMessage prepare(Message message) {
        return target.prepare(message);
    }

    @Override
    public MessageView request(Message message, SendOptions options, Duration timeout) {
        return target.request(message, options, timeout);
    }

    @Override
    public CompletableFuture<MessageView> requestAsync(Message message, SendOptions options, Duration timeout) {
        return target.requestAsync(message, options, timeout);
    }

    @Override
    public SendResult reply(MessageView request, byte[] body) {
        return target.reply(request, body);
    }

    @Override
    public String recall(String topic, String recallHandle) {
        return target.recall(topic, recallHandle);
    }

    @Override
    public CompletableFuture<String> recallAsync(String topic, String recallHandle) {
        return target.recallAsync(topic, recallHandle);
    }

    @Override
    public List<MessageQueue> publishQueues(String topic) {
        return target.publishQueues(topic);
    }

    @Override
    public MQAdmin admin() {
        return target.admin();
    }

    @Override
    public ProducerStatus status() {
        return target.status();
    }
}
