package io.mqproducer.spring;

import io.mqproducer.MQAdmin;
import io.mqproducer.MQProducer;
import io.mqproducer.PreparedMessage;
import io.mqproducer.ProducerStatus;
import io.mqproducer.ProducerStatus.State;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.LocalTransaction;
import io.mqproducer.spi.SendCallback;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A producer that keeps what it is asked to send, and what is done to its life. */
public class RecordingMQProducer implements MQProducer {

    /** One send as it was asked for. */
    public record Sent(SendMode mode, Message message, SendOptions options) {}

    private final List<Sent> sends = new CopyOnWriteArrayList<>();
    private final List<String> life = new CopyOnWriteArrayList<>();
    private volatile ProducerStatus status = ProducerStatus.builder(State.NEW).build();

    public List<Sent> sends() {
        return sends;
    }

    /** The only send. */
    public Sent sent() {
        if (sends.size() != 1) {
            throw new AssertionError("expected one send, got " + sends);
        }
        return sends.get(0);
    }

    public List<String> life() {
        return life;
    }

    public RecordingMQProducer withStatus(ProducerStatus status) {
        this.status = status;
        return this;
    }

    @Override
    public void start() {
        life.add("start");
        status = ProducerStatus.builder(State.RUNNING).build();
    }

    @Override
    public void stop(Duration drain) {
        life.add("stop " + drain);
        status = ProducerStatus.builder(State.STOPPED).build();
    }

    @Override
    public void close() {
        life.add("close");
        status = ProducerStatus.builder(State.CLOSED).build();
    }

    @Override
    public SendResult send(Message message, SendOptions options) {
        return record(SendMode.SYNC, message, options);
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
        return CompletableFuture.completedFuture(record(SendMode.ASYNC, message, options));
    }

    @Override
    public void sendAsync(Message message, SendOptions options, SendCallback callback) {
        callback.onSuccess(record(SendMode.ASYNC, message, options));
    }

    @Override
    public BatchSendResult sendBatch(Collection<Message> messages, SendOptions options) {
        BatchSendResult.Builder result = BatchSendResult.builder();
        messages.forEach(message -> result.stored(record(SendMode.BATCH, message, options)));
        return result.build();
    }

    @Override
    public CompletableFuture<BatchSendResult> sendBatchAsync(Collection<Message> messages, SendOptions options) {
        return CompletableFuture.completedFuture(sendBatch(messages, options));
    }

    @Override
    public void sendOneway(Message message, SendOptions options) {
        record(SendMode.ONEWAY, message, options);
    }

    private SendResult record(SendMode mode, Message message, SendOptions options) {
        if (status.state() == State.NEW) {
            start();
        }
        sends.add(new Sent(mode, message, options));
        return SendResult.builder("id-" + sends.size(), new MessageQueue(message.topic(), "broker-a", 0), 0)
                .build();
    }

    @Override
    public TransactionSendResult sendInTransaction(Message message, LocalTransaction localTransaction) {
        SendResult half = record(SendMode.HALF, message, SendOptions.defaults());
        TransactionState state = localTransaction.execute(message);
        return TransactionSendResult.of(half, state == null ? TransactionState.UNKNOWN : state, state != null);
    }

    @Override
    public PreparedMessage prepare(Message message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MessageQueue> publishQueues(String topic) {
        return List.of(new MessageQueue(topic, "broker-a", 0));
    }

    @Override
    public MessageView request(Message message, SendOptions options, Duration timeout) {
        throw new UnsupportedOperationException("request");
    }

    @Override
    public CompletableFuture<MessageView> requestAsync(Message message, SendOptions options, Duration timeout) {
        throw new UnsupportedOperationException("requestAsync");
    }

    @Override
    public SendResult reply(MessageView request, byte[] body) {
        throw new UnsupportedOperationException("reply");
    }

    @Override
    public String recall(String topic, String recallHandle) {
        throw new UnsupportedOperationException("recall");
    }

    @Override
    public CompletableFuture<String> recallAsync(String topic, String recallHandle) {
        throw new UnsupportedOperationException("recallAsync");
    }

    @Override
    public MQAdmin admin() {
        throw new UnsupportedOperationException("admin");
    }

    @Override
    public ProducerStatus status() {
        return status;
    }
}
