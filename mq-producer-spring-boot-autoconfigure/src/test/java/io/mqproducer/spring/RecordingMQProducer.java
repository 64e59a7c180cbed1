package io.mqproducer.spring;

import io.mqproducer.MQAdmin;
import io.mqproducer.MQProducer;
import io.mqproducer.PreparedMessage;
import io.mqproducer.ProducerStatus;
import io.mqproducer.ProducerStatus.State;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.LocalTransaction;
import io.mqproducer.spi.SendCallback;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A producer that keeps what it is asked to send, and what is done to its life. Unless told otherwise it stores every message
 * at once.
 */
public class RecordingMQProducer implements MQProducer {

    /** One send as it was asked for. */
    public record Sent(SendMode mode, Message message, SendOptions options) {}

    private final List<Sent> sends = new CopyOnWriteArrayList<>();
    private final List<String> life = new CopyOnWriteArrayList<>();
    private final List<Duration> requestTimeouts = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<?>> futures = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);
    private volatile SendStatus storedAs = SendStatus.SEND_OK;
    private volatile @Nullable MQProducerException failure;
    private volatile MessageView reply =
            MessageView.builder("replies", new byte[] {1}).build();
    private volatile ProducerStatus status = ProducerStatus.builder(State.NEW).build();

    /** All further sends fail with this; null for none. */
    public RecordingMQProducer failingWith(@Nullable MQProducerException failure) {
        this.failure = failure;
        return this;
    }

    /** All further messages are stored with this status. */
    public RecordingMQProducer storingAs(SendStatus status) {
        this.storedAs = status;
        return this;
    }

    /** All further requests get this reply. */
    public RecordingMQProducer replyingWith(MessageView reply) {
        this.reply = reply;
        return this;
    }

    /** Further asynchronous sends are not over before {@link #release} is called. */
    public RecordingMQProducer holding() {
        held = new CompletableFuture<>();
        return this;
    }

    /** Ends, on the calling thread, what is held. */
    public void release() {
        CompletableFuture<Void> ending = held;
        held = CompletableFuture.completedFuture(null);
        ending.complete(null);
    }

    /** The futures that asynchronous sends have returned. */
    public List<CompletableFuture<?>> futures() {
        return futures;
    }

    /** The deadlines of requests. */
    public List<Duration> requestTimeouts() {
        return requestTimeouts;
    }

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
        SendResult result = record(SendMode.SYNC, message, options);
        failIfToldTo();
        return result;
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
        return later(record(SendMode.ASYNC, message, options));
    }

    @Override
    public void sendAsync(Message message, SendOptions options, SendCallback callback) {
        sendAsync(message, options).whenComplete((result, failed) -> {
            if (failed == null) {
                callback.onSuccess(result);
            } else {
                callback.onException((MQProducerException) failed);
            }
        });
    }

    @Override
    public BatchSendResult sendBatch(Collection<Message> messages, SendOptions options) {
        BatchSendResult result = recordBatch(messages, options);
        failIfToldTo();
        return result;
    }

    @Override
    public CompletableFuture<BatchSendResult> sendBatchAsync(Collection<Message> messages, SendOptions options) {
        return later(recordBatch(messages, options));
    }

    private BatchSendResult recordBatch(Collection<Message> messages, SendOptions options) {
        BatchSendResult.Builder result = BatchSendResult.builder();
        messages.forEach(message -> result.stored(record(SendMode.BATCH, message, options)));
        return result.build();
    }

    private <T> CompletableFuture<T> later(T result) {
        CompletableFuture<T> future = new CompletableFuture<>();
        futures.add(future);
        MQProducerException failing = failure;
        held.thenRun(() -> {
            if (failing == null) {
                future.complete(result);
            } else {
                future.completeExceptionally(failing);
            }
        });
        return future;
    }

    private void failIfToldTo() {
        MQProducerException failing = failure;
        if (failing != null) {
            throw failing;
        }
    }

    @Override
    public void sendOneway(Message message, SendOptions options) {
        record(SendMode.ONEWAY, message, options);
        failIfToldTo();
    }

    private SendResult record(SendMode mode, Message message, SendOptions options) {
        if (status.state() == State.NEW) {
            start();
        }
        sends.add(new Sent(mode, message, options));
        return SendResult.builder("id-" + sends.size(), new MessageQueue(message.topic(), "broker-a", 0), 0)
                .status(storedAs)
                .build();
    }

    @Override
    public TransactionSendResult sendInTransaction(Message message, LocalTransaction localTransaction) {
        SendResult half = record(SendMode.HALF, message, SendOptions.defaults());
        failIfToldTo();
        if (storedAs != SendStatus.SEND_OK) {
            return TransactionSendResult.of(half, TransactionState.ROLLBACK, true);
        }
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
        record(SendMode.REQUEST, message, options);
        requestTimeouts.add(timeout);
        failIfToldTo();
        return reply;
    }

    @Override
    public CompletableFuture<MessageView> requestAsync(Message message, SendOptions options, Duration timeout) {
        record(SendMode.REQUEST, message, options);
        requestTimeouts.add(timeout);
        return later(reply);
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
