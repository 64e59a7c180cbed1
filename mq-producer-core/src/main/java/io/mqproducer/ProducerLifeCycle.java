package io.mqproducer;

import io.mqproducer.ProducerStatus.State;
import io.mqproducer.exception.RequestFailedException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where a producer is in its life: starts it, drains it, closes it for good. Thread-safe. */
final class ProducerLifeCycle {

    static final String CLOSED = "producer is closed";

    /** As long as that is, and short enough for the monotonic clock. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private final ProducerAssembly assembly;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile State state = State.NEW; // written under the lock
    private volatile @Nullable RunningProducer running; // likewise
    private boolean closing; // under the lock

    ProducerLifeCycle(ProducerAssembly assembly) {
        this.assembly = assembly;
    }

    State state() {
        return state;
    }

    /** The one that runs, or is being stopped; null if there is none. */
    @Nullable
    RunningProducer running() {
        return running;
    }

    /** As {@link MQProducer#start}. */
    void start() {
        RunningProducer started;
        Future<?> contact;
        lock.lock();
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
            lock.unlock();
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

    /** As {@link MQProducer#stop}. */
    void stop(Duration drain) {
        stop(drain, false);
    }

    /** As {@link MQProducer#close}. */
    void close() {
        stop(assembly.config().lifeCycle().shutdownTimeout(), true);
    }

    private void stop(Duration drain, boolean forGood) {
        Duration patience = drain.isNegative() ? Duration.ZERO : drain.compareTo(FOREVER) > 0 ? FOREVER : drain;
        RunningProducer stopping = null;
        lock.lock();
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
            lock.unlock();
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
            lock.lock();
            try {
                running = null;
                if (closing) {
                    toClosed();
                } else {
                    state = State.STOPPED;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void toClosed() {
        state = State.CLOSED;
        assembly.close();
        assembly.metrics().close();
    }

    /** The one that runs, or null; a new producer is started. */
    @Nullable
    RunningProducer startedIfNew() {
        RunningProducer now = running;
        if (now != null || state != State.NEW) {
            return now;
        }
        lock.lock();
        try {
            if (state == State.NEW && !closing) { // else another thread has started or closed it meanwhile
                RunningProducer started = assembly.run();
                if (started != null) {
                    begin(started);
                }
            }
            return running;
        } finally {
            lock.unlock();
        }
    }
}
