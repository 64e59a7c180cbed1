package io.mqproducer.recording;

import io.mqproducer.MQAdmin;
import io.mqproducer.MQProducer;
import io.mqproducer.PreparedMessage;
import io.mqproducer.ProducerStatus;
import io.mqproducer.ProducerStatus.State;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
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
import java.util.function.Supplier;
import org.assertj.core.api.AssertProvider;

/**
 * A producer without a network, for unit tests: takes note of what it is asked to send, and answers as its {@link #script}
 * says, unless told otherwise that each message is stored. Like a real one it refuses to send once it is stopped. Thread-safe.
 *
 * <p>{@code assertThat(producer)} of AssertJ asks what was sent.
 */
public class RecordingMQProducer implements MQProducer, AssertProvider<RecordingMQProducerAssert> {

    /** The group of all recording producers. */
    public static final String GROUP = "recording";

    private final List<RecordedSend> sends = new CopyOnWriteArrayList<>();
    private final List<RecordedTransaction> transactions = new CopyOnWriteArrayList<>();
    private final List<Duration> requestTimeouts = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<?>> futures = new CopyOnWriteArrayList<>();
    private final List<String> life = new CopyOnWriteArrayList<>();
    private final Script script = new Script();
    private volatile ProducerStatus status = ProducerStatus.builder(State.NEW).build();

    // ---- what was asked for

    /** All messages, in the order of the calls. */
    public List<RecordedSend> sends() {
        return List.copyOf(sends);
    }

    /**
     * The only message.
     *
     * @throws AssertionError if there are more or none
     */
    public RecordedSend sent() {
        if (sends.size() != 1) {
            throw new AssertionError("expected one send, got " + sends);
        }
        return sends.get(0);
    }

    /** How the transactions have ended, in the order of their ends. */
    public List<RecordedTransaction> transactions() {
        return List.copyOf(transactions);
    }

    /** The deadlines of the requests, in the order of the calls. */
    public List<Duration> requestTimeouts() {
        return List.copyOf(requestTimeouts);
    }

    /** The futures that asynchronous calls have returned, in their order. */
    public List<CompletableFuture<?>> futures() {
        return List.copyOf(futures);
    }

    /** What was done to its life: {@code start}, {@code stop PT10S}, {@code close}. */
    public List<String> life() {
        return List.copyOf(life);
    }

    /** Forgets all that was sent. What was scripted stays. */
    public void clear() {
        sends.clear();
        transactions.clear();
        requestTimeouts.clear();
        futures.clear();
    }

    @Override
    public RecordingMQProducerAssert assertThat() {
        return new RecordingMQProducerAssert(this);
    }

    // ---- what it answers

    /** What it answers from now on. */
    public Script script() {
        return script;
    }

    /** Has {@link #status} say this, until the next start or stop. */
    public RecordingMQProducer withStatus(ProducerStatus status) {
        this.status = status;
        return this;
    }

    // ---- life cycle

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
    public ProducerStatus status() {
        return status;
    }

    // ---- sending

    @Override
    public SendResult send(Message message, SendOptions options) {
        SendResult result = record(SendMode.SYNC, message, options);
        throwIfScripted();
        return result;
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
        return later(() -> record(SendMode.ASYNC, message, options));
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
    public void sendOneway(Message message, SendOptions options) {
        record(SendMode.ONEWAY, message, options);
        throwIfScripted();
    }

    @Override
    public BatchSendResult sendBatch(Collection<Message> messages, SendOptions options) {
        BatchSendResult result = recordBatch(messages, options);
        throwIfScripted();
        return result;
    }

    @Override
    public CompletableFuture<BatchSendResult> sendBatchAsync(Collection<Message> messages, SendOptions options) {
        return later(() -> recordBatch(messages, options));
    }

    private BatchSendResult recordBatch(Collection<Message> messages, SendOptions options) {
        BatchSendResult.Builder result = BatchSendResult.builder();
        messages.forEach(message -> result.stored(record(SendMode.BATCH, message, options)));
        return result.build();
    }

    @Override
    public TransactionSendResult sendInTransaction(Message message, LocalTransaction localTransaction) {
        SendResult half = record(SendMode.HALF, message, SendOptions.defaults());
        throwIfScripted();
        if (!script.storesFully()) {
            return end(message, half, TransactionState.ROLLBACK);
        }
        TransactionState state = localTransaction.execute(message);
        return end(message, half, state == null ? TransactionState.UNKNOWN : state);
    }

    @Override
    public PreparedMessage prepare(Message message) {
        SendResult half = record(SendMode.HALF, message, SendOptions.defaults());
        throwIfScripted();
        return new RecordedPreparedMessage(half, state -> end(message, half, state));
    }

    private TransactionSendResult end(Message message, SendResult half, TransactionState state) {
        transactions.add(new RecordedTransaction(message, state));
        return TransactionSendResult.of(half, state, state != TransactionState.UNKNOWN);
    }

    @Override
    public MessageView request(Message message, SendOptions options, Duration timeout) {
        record(SendMode.REQUEST, message, options);
        requestTimeouts.add(timeout);
        throwIfScripted();
        return script.replyTo(message);
    }

    @Override
    public CompletableFuture<MessageView> requestAsync(Message message, SendOptions options, Duration timeout) {
        return later(() -> {
            record(SendMode.REQUEST, message, options);
            requestTimeouts.add(timeout);
            return script.replyTo(message);
        });
    }

    /** Recorded as a blocking send to the topic of the request. */
    @Override
    public SendResult reply(MessageView request, byte[] body) {
        return send(Message.of(request.topic(), body), SendOptions.defaults());
    }

    private SendResult record(SendMode mode, Message message, SendOptions options) {
        State state = status.state();
        if (state == State.NEW) {
            start();
        } else if (state != State.RUNNING) {
            throw new MessageNotStoredException(FailureKind.CLOSED, "producer is stopped");
        }
        sends.add(new RecordedSend(mode, message, options));
        return script.stored(message);
    }

    private void throwIfScripted() {
        MQProducerException failure = script.nextFailure();
        if (failure != null) {
            throw failure;
        }
    }

    /** Every failure arrives in the future, that of a producer that is stopped too. */
    private <T> CompletableFuture<T> later(Supplier<T> recording) {
        T result;
        try {
            result = recording.get();
        } catch (MessageNotStoredException stopped) {
            return CompletableFuture.failedFuture(stopped);
        }
        CompletableFuture<T> future = new CompletableFuture<>();
        futures.add(future);
        MQProducerException failure = script.nextFailure();
        script.whenReleased(() -> {
            if (failure == null) {
                future.complete(result);
            } else {
                future.completeExceptionally(failure);
            }
        });
        return future;
    }

    // ---- the rest

    /** Returns a made-up id: there is nothing to recall, and nothing is recorded. */
    @Override
    public String recall(String topic, String recallHandle) {
        throwIfScripted();
        return recallHandle;
    }

    @Override
    public CompletableFuture<String> recallAsync(String topic, String recallHandle) {
        return later(() -> recallHandle);
    }

    @Override
    public List<MessageQueue> publishQueues(String topic) {
        return List.of(Script.queueOf(topic));
    }

    /** @throws UnsupportedOperationException always: there is no cluster */
    @Override
    public MQAdmin admin() {
        throw new UnsupportedOperationException("a recording producer has no cluster to ask");
    }
}
