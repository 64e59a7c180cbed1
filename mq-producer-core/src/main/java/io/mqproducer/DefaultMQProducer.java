package io.mqproducer;

import io.mqproducer.ProducerStatus.State;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.exception.RequestFailedException;
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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The facade: knows where the producer is in its life, and hands each call to the one that runs. Thread-safe. */
final class DefaultMQProducer implements MQProducer, ProducerGauges {

    private static final Logger log = LoggerFactory.getLogger(DefaultMQProducer.class);

    static final String CLOSED = "producer is closed";

    /** As long as that is, and short enough for the monotonic clock. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private final ProducerAssembly assembly;
    private final DefaultMQAdmin admin;
    private final ReentrantLock lifeCycle = new ReentrantLock();
    private final Condition changed = lifeCycle.newCondition();
    private volatile State state = State.NEW; // written under the lock
    private volatile @Nullable RunningProducer running; // likewise
    private boolean closing; // under the lock

    DefaultMQProducer(ProducerAssembly assembly) {
        this.assembly = assembly;
        this.admin =
                new DefaultMQAdmin(this::startedIfNew, assembly.config().send().timeout());
        assembly.metrics().bind(this);
    }

    // ---- life cycle

    @Override
    public void start() {
        RunningProducer started;
        Future<?> contact;
        lifeCycle.lock();
        try {
            while (state == State.STOPPING && !closing) {
                changed.awaitUninterruptibly();
            }
            if (state == State.CLOSED || closing) {
                throw new IllegalStateException(CLOSED);
            }
            if (state == State.RUNNING) {
                return;
            }
            started = assembly.run();
            if (started == null) {
                throw new IllegalStateException("I/O threads that the producer shares are closed");
            }
            contact = begin(started);
        } finally {
            lifeCycle.unlock();
        }
        if (assembly.config().lifeCycle().failFast()) {
            failUnlessContacted(started, contact);
        }
    }

    /** Under the lock: from here on it runs, and can be stopped. */
    private Future<?> begin(RunningProducer started) {
        try {
            Future<?> contact = started.start();
            running = started;
            state = State.RUNNING;
            return contact;
        } catch (RuntimeException | Error e) {
            started.end();
            throw e;
        }
    }

    private void failUnlessContacted(RunningProducer started, Future<?> contact) {
        try {
            started.await(contact);
        } catch (RequestFailedException e) {
            if (running == started) { // not one that another thread has started since
                stop(Duration.ZERO);
            }
            throw e;
        }
    }

    @Override
    public void stop(Duration drain) {
        stop(drain, false);
    }

    @Override
    public void close() {
        stop(assembly.config().lifeCycle().shutdownTimeout(), true);
    }

    private void stop(Duration drain, boolean forGood) {
        Duration patience = drain.isNegative() ? Duration.ZERO : drain.compareTo(FOREVER) > 0 ? FOREVER : drain;
        RunningProducer stopping = null;
        lifeCycle.lock();
        try {
            closing |= forGood;
            if (state == State.RUNNING) {
                state = State.STOPPING;
                stopping = running;
            } else if (state == State.STOPPING) {
                awaitStop();
            } else if (forGood && state != State.CLOSED) {
                toClosed();
            }
        } finally {
            lifeCycle.unlock();
        }
        if (stopping != null) {
            drain(stopping, patience);
        }
    }

    /** Another thread drains; a callback must not wait for it, as it may wait for the callback. */
    private void awaitStop() {
        RunningProducer stopping = running;
        if (stopping == null || !stopping.sender().onCallbackThread()) {
            while (state == State.STOPPING) {
                changed.awaitUninterruptibly();
            }
        }
    }

    private void drain(RunningProducer stopping, Duration drain) {
        if (stopping.sender().onCallbackThread()) {
            Thread drainer = new Thread(
                    () -> finish(stopping, drain),
                    "mq-producer-" + assembly.config().identity().name() + "-stop");
            drainer.setDaemon(true);
            drainer.start();
        } else {
            finish(stopping, drain);
        }
    }

    private void finish(RunningProducer stopping, Duration drain) {
        try {
            stopping.stop(drain);
        } finally {
            lifeCycle.lock();
            try {
                running = null;
                if (closing) {
                    toClosed();
                } else {
                    state = State.STOPPED;
                }
                changed.signalAll();
            } finally {
                lifeCycle.unlock();
            }
        }
    }

    private void toClosed() {
        state = State.CLOSED;
        assembly.close();
        assembly.metrics().close();
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
        RunningProducer now = startedIfNew();
        if (now == null) {
            throw new MessageNotStoredException(FailureKind.CLOSED, CLOSED);
        }
        return now;
    }

    /** The one that runs, or null; a new producer is started. */
    private @Nullable RunningProducer startedIfNew() {
        RunningProducer now = running;
        if (now != null || state != State.NEW) {
            return now;
        }
        lifeCycle.lock();
        try {
            if (state == State.NEW && !closing) { // else another thread has started or closed it meanwhile
                RunningProducer started = assembly.run();
                if (started != null) {
                    begin(started);
                }
            }
            return running;
        } finally {
            lifeCycle.unlock();
        }
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
        RunningProducer now = startedIfNew();
        if (now == null) {
            throw new MessageNotStoredException(FailureKind.CLOSED, CLOSED);
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
        RunningProducer now = running;
        ProducerStatus.Builder status = ProducerStatus.builder(state);
        return (now == null ? status : now.describe(status)).build();
    }

    @Override
    public int inFlightMessages() {
        RunningProducer now = running;
        return now == null ? 0 : now.sender().inFlightMessages();
    }

    @Override
    public long inFlightBytes() {
        RunningProducer now = running;
        return now == null ? 0 : now.sender().inFlightBytes();
    }

    @Override
    public int connections() {
        RunningProducer now = running;
        return now == null ? 0 : now.connections();
    }

    @Override
    public int isolatedBrokers() {
        RunningProducer now = running;
        return now == null ? 0 : now.isolatedBrokers();
    }
}
