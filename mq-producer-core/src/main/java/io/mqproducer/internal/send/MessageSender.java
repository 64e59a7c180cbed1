package io.mqproducer.internal.send;

import io.mqproducer.internal.callback.Callbacks;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.encoding.MessagePreparer;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.route.NameServers;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.selection.BrokerHealth;
import io.mqproducer.internal.selection.QueueSelector;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.EndTransactionContext;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendCallback;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one way out for every message: takes it in, or refuses it, and starts its {@link SendOperation}. Thread-safe.
 * Also where the sends of a producer find what they share.
 */
public final class MessageSender {

    private static final SendOptions ONCE_STORED = SendOptions.defaults().withRetryAfterMaybeStored(false);

    private final SendServices services;
    private final BackPressure backPressure;
    private final RetryPolicy retryPolicy;
    private final WaitingRoom waitingRoom;
    private final OrderedKeys orderedKeys;
    private final TimerSupport timerSupport;
    private final SendHooks hooks;
    private final Callbacks callbacks;
    private final CompressionThreads compressionThreads;
    private final RecentFailures recentFailures = new RecentFailures();
    private final OnewayFailureLog onewayFailures = new OnewayFailureLog();
    private final long defaultTimeout;
    private final boolean measures;
    private final Admission admission;

    /**
     * @param scheduler the producer's housekeeping thread; stays its giver's to shut down
     * @param callbacks where outcomes are delivered; closed by {@link #closeCallbacks}
     */
    public MessageSender(SendServices services, ScheduledExecutorService scheduler, Callbacks callbacks) {
        ProducerConfig config = services.config();
        this.services = services;
        this.backPressure = new BackPressure(config.backPressure());
        this.retryPolicy = new RetryPolicy(config.retry());
        this.waitingRoom = new WaitingRoom(scheduler);
        this.orderedKeys = new OrderedKeys(waitingRoom);
        this.timerSupport = new TimerSupport(services.brokers());
        this.hooks = new SendHooks(services.hooks(), services.metrics());
        this.compressionThreads = new CompressionThreads(config.identity().name());
        this.callbacks = callbacks;
        this.defaultTimeout = config.send().timeout().toNanos();
        this.measures = services.metrics() != ProducerMetrics.NONE;
        this.admission = new Admission(services, backPressure, hooks, callbacks);
    }

    // ---- the ways to send

    /** Sends and waits for the outcome. */
    public SendResult send(Message message, SendOptions options) {
        BlockingSend send = new BlockingSend(this, message, options, SendMode.SYNC, MessageRole.NORMAL);
        send.begin();
        return send.await();
    }

    /** Sends; the future completes on the callback executor. */
    public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
        FutureSend send = new FutureSend(this, message, options);
        send.begin();
        return send.future();
    }

    /** Sends; the callback is called on the callback executor. */
    public void sendAsync(Message message, SendOptions options, SendCallback callback) {
        new CallbackSend(this, message, options, callback).begin();
    }

    /** Sends without an answer; throws what keeps the message from being accepted. */
    public void sendOneway(Message message, SendOptions options) {
        OnewaySend send = new OnewaySend(this, message, options);
        send.begin();
        send.throwIfRefused();
    }

    /**
     * A request, to which a reply is to come; it goes out when it is {@linkplain RequestSend#start started}.
     *
     * @param gate what has to be seen to before each attempt
     * @param settled told once, by any thread, when the outcome of the send is there, unless it was given up before
     */
    public RequestSend newRequest(
            Message message, SendOptions options, MessageRole role, SendGate gate, Consumer<RequestSend> settled) {
        return new RequestSend(this, message, options, role, gate, settled);
    }

    /** Sends the reply to a request and waits for the outcome: the broker answers when it has pushed it. */
    public SendResult sendReply(Message message, MessageRole role) {
        BlockingSend send = new BlockingSend(this, message, SendOptions.defaults(), SendMode.SYNC, role);
        send.begin();
        return send.await();
    }

    /**
     * Sends the half message of a transaction and waits for the outcome. An attempt that may have stored it is the last one:
     * a second half could be committed as well as the first.
     *
     * @param role that of a half message
     */
    public StoredHalf sendHalf(Message message, MessageRole role) {
        BlockingSend send = new BlockingSend(this, message, ONCE_STORED, SendMode.HALF, role);
        send.begin();
        SendResult result = send.await();
        return new StoredHalf(send.message(), result, send.broker());
    }

    /** Tells the hooks that a broker is about to be told how a transaction ended. */
    public void endingTransaction(EndTransactionContext context) {
        hooks.endingTransaction(context);
    }

    /** Sends several messages in as few requests as may be, and waits for the outcome of all. */
    public BatchSendResult sendBatch(List<Message> messages, SendOptions options) {
        BlockingBatch batch = new BlockingBatch(this, messages, options);
        batch.begin();
        return batch.await();
    }

    /** As {@link #sendBatch}; the future completes on the callback executor. */
    public CompletableFuture<BatchSendResult> sendBatchAsync(List<Message> messages, SendOptions options) {
        FutureBatch batch = new FutureBatch(this, messages, options);
        batch.begin();
        return batch.future();
    }

    /** The line that the message has to stand in, or null if it need not. */
    OrderedKeys.@Nullable Key lineOf(Message message) {
        String key = message.orderingKey().orElse(null);
        return key == null || !services.config().send().strictOrdering()
                ? null
                : new OrderedKeys.Key(message.topic(), key);
    }

    // ---- the end

    /** Where code of the application runs; takes everything until the end. */
    public Executor callbackExecutor() {
        return callbacks::execute;
    }

    /** Whether the calling thread runs a callback of this producer's. */
    public boolean onCallbackThread() {
        return callbacks.onCallbackThread();
    }

    /**
     * Accepts nothing new and waits for what was accepted.
     *
     * @param deadline how long to wait, by {@link System#nanoTime}
     * @return whether all of it has its outcome
     */
    public boolean drain(long deadline) {
        admission.end();
        return backPressure.awaitIdle(deadline);
    }

    /** Ends what waits for anything but a broker, which is for the connections to end. */
    public void close() {
        admission.end();
        backPressure.close();
        waitingRoom.close();
        compressionThreads.close(); // after the waiting room: who finds no thread any more finds that closed too
        services.preparer().close();
    }

    /**
     * Lets the threads end that compress, once they are done with what they are at, and then the producer's own callback
     * threads, once they have delivered what there is.
     */
    public void closeCallbacks(Duration limit) throws InterruptedException {
        try {
            compressionThreads.awaitEnd(limit);
        } finally {
            callbacks.close(limit);
        }
    }

    public int inFlightMessages() {
        return backPressure.messages();
    }

    public long inFlightBytes() {
        return backPressure.bytes();
    }

    public RecentFailures recentFailures() {
        return recentFailures;
    }

    // ---- what the sends share

    ProducerConfig config() {
        return services.config();
    }

    MessagePreparer preparer() {
        return services.preparer();
    }

    NameServers nameServers() {
        return services.nameServers();
    }

    TopicRouteTable routes() {
        return services.routes();
    }

    QueueSelector selector() {
        return services.selector();
    }

    BrokerHealth health() {
        return services.health();
    }

    RemotingClient brokers() {
        return services.brokers();
    }

    ProducerMetrics metrics() {
        return services.metrics();
    }

    boolean measures() {
        return measures;
    }

    /** Whether messages are gathered into batches. */
    boolean gathers() {
        return services.config().batch().enabled();
    }

    long defaultTimeout() {
        return defaultTimeout;
    }

    Admission admission() {
        return admission;
    }

    BackPressure backPressure() {
        return backPressure;
    }

    RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    WaitingRoom waitingRoom() {
        return waitingRoom;
    }

    CompressionThreads compressionThreads() {
        return compressionThreads;
    }

    OrderedKeys orderedKeys() {
        return orderedKeys;
    }

    TimerSupport timerSupport() {
        return timerSupport;
    }

    SendHooks hooks() {
        return hooks;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    OnewayFailureLog onewayFailures() {
        return onewayFailures;
    }
}
