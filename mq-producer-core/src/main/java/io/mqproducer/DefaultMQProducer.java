package io.mqproducer;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.reply.RequestReply;
import io.mqproducer.internal.send.MessageSender;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spi.LocalTransaction;
import io.mqproducer.spi.ProducerGauges;
import io.mqproducer.spi.SendCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The facade: hands each call to the producer that runs. Thread-safe. */
final class DefaultMQProducer implements MQProducer, ProducerGauges {

    private static final Logger log = LoggerFactory.getLogger(DefaultMQProducer.class);

    private final ProducerAssembly assembly;
    private final DefaultMQAdmin admin;
    private final ProducerLifeCycle lifeCycle;
    private final Map<String, String> settings;

    DefaultMQProducer(ProducerAssembly assembly) {
        this.assembly = assembly;
        this.lifeCycle = new ProducerLifeCycle(assembly);
        this.admin = new DefaultMQAdmin(
                lifeCycle::startedIfNew, assembly.config().send().timeout());
        this.settings = assembly.settings();
        assembly.metrics().bind(this);
    }

    // ---- life cycle

    @Override
    public void start() {
        lifeCycle.start();
    }

    @Override
    public void stop(Duration drain) {
        lifeCycle.stop(drain);
    }

    @Override
    public void close() {
        lifeCycle.close();
    }

    /**
     * Who sends now: a new producer is started, without waiting for a server, a stopped one is not.
     *
     * @throws MessageNotStoredException if nobody may send
     */
    private MessageSender sender() {
        return runningNow().sender();
    }

    private RunningProducer runningNow() {
        RunningProducer now = lifeCycle.startedIfNew();
        if (now == null) {
            throw new MessageNotStoredException(FailureKind.CLOSED, ProducerLifeCycle.CLOSED);
        }
        return now;
    }

    // ---- sending

    @Override
    public SendResult send(Message message, SendOptions options) {
        require(message, options);
        return sender().send(message, options);
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
        require(message, options);
        try {
            return sender().sendAsync(message, options);
        } catch (MessageNotStoredException e) { // there is no sender; one does not throw
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void sendAsync(Message message, SendOptions options, SendCallback callback) {
        require(message, options);
        Objects.requireNonNull(callback, "callback");
        try {
            sender().sendAsync(message, options, callback);
        } catch (MessageNotStoredException e) { // there is no sender; one does not throw
            refuse(callback, e);
        }
    }

    /** A producer that does not run has no threads, so this happens on the calling one. */
    private void refuse(SendCallback callback, MessageNotStoredException refusal) {
        try {
            callback.onException(refusal);
        } catch (RuntimeException | Error e) {
            log.error("callback of a message that was refused failed", e);
            assembly.metrics().callbackFailed();
        }
    }

    @Override
    public void sendOneway(Message message, SendOptions options) {
        require(message, options);
        sender().sendOneway(message, options);
    }

    @Override
    public BatchSendResult sendBatch(Collection<Message> messages, SendOptions options) {
        require(messages, options);
        return sender().sendBatch(new ArrayList<>(messages), options);
    }

    @Override
    public CompletableFuture<BatchSendResult> sendBatchAsync(Collection<Message> messages, SendOptions options) {
        require(messages, options);
        try {
            return sender().sendBatchAsync(new ArrayList<>(messages), options);
        } catch (MessageNotStoredException e) { // there is no sender; one does not throw
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void require(Collection<Message> messages, SendOptions options) {
        Objects.requireNonNull(messages, "messages");
        Objects.requireNonNull(options, "options");
    }

    @Override
    public TransactionSendResult sendInTransaction(Message message, LocalTransaction localTransaction) {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(localTransaction, "localTransaction");
        return runningNow().transactions().send(message, localTransaction);
    }

    @Override
    public PreparedMessage prepare(Message message) {
        Objects.requireNonNull(message, "message");
        return new DefaultPreparedMessage(runningNow().transactions().prepare(message));
    }

    private static void require(Message message, SendOptions options) {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(options, "options");
    }

    @Override
    public MessageView request(Message message, SendOptions options, Duration timeout) {
        require(message, options);
        Objects.requireNonNull(timeout, "timeout");
        return requests().request(message, options, timeout);
    }

    @Override
    public CompletableFuture<MessageView> requestAsync(Message message, SendOptions options, Duration timeout) {
        require(message, options);
        Objects.requireNonNull(timeout, "timeout");
        try {
            return requests().requestAsync(message, options, timeout);
        } catch (MessageNotStoredException e) { // there is nobody to send it; else it does not throw
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public SendResult reply(MessageView request, byte[] body) {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(body, "body");
        return requests().reply(request, body);
    }

    private RequestReply requests() {
        RunningProducer now = lifeCycle.startedIfNew();
        if (now == null) {
            throw new MessageNotStoredException(FailureKind.CLOSED, ProducerLifeCycle.CLOSED);
        }
        return now.requests();
    }

    @Override
    public String recall(String topic, String recallHandle) {
        return admin.recall(topic, recallHandle);
    }

    @Override
    public CompletableFuture<String> recallAsync(String topic, String recallHandle) {
        return admin.recallAsync(topic, recallHandle);
    }

    // ---- looking

    @Override
    public List<MessageQueue> publishQueues(String topic) {
        return admin.publishQueues(topic);
    }

    @Override
    public MQAdmin admin() {
        return admin;
    }

    @Override
    public ProducerStatus status() {
        RunningProducer now = lifeCycle.running();
        ProducerStatus.Builder status =
                ProducerStatus.builder(lifeCycle.state()).settings(settings);
        return (now == null ? status : now.describe(status)).build();
    }

    @Override
    public int inFlightMessages() {
        RunningProducer now = lifeCycle.running();
        return now == null ? 0 : now.sender().inFlightMessages();
    }

    @Override
    public long inFlightBytes() {
        RunningProducer now = lifeCycle.running();
        return now == null ? 0 : now.sender().inFlightBytes();
    }

    @Override
    public int connections() {
        RunningProducer now = lifeCycle.running();
        return now == null ? 0 : now.connections();
    }

    @Override
    public int isolatedBrokers() {
        RunningProducer now = lifeCycle.running();
        return now == null ? 0 : now.isolatedBrokers();
    }
}
