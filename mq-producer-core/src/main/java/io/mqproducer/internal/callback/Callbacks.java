package io.mqproducer.internal.callback;

import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.util.Throttle;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where code of the application runs: on the callback executor, the producer's own or one of the application's, never
 * on an event loop. Knows which threads must not be parked. Thread-safe.
 */
public final class Callbacks {

    private static final Logger log = LoggerFactory.getLogger(Callbacks.class);

    /** Netty's threads and Reactor's non-blocking ones, by name: neither need be on the class path. */
    private static final ClassValue<Boolean> NON_BLOCKING = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isNonBlocking(type);
        }
    };

    private final CallbackThreads own;
    private final @Nullable Executor foreign;
    private final Executor helper;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final Throttle refusedLog = new Throttle(Duration.ofSeconds(30));

    /**
     * @param scheduler the producer's housekeeping thread; stays its giver's to shut down
     * @param foreign the application's own executor, which runs the callbacks as long as it does, or null
     */
    public Callbacks(
            String producerName,
            ProducerConfig.Callback settings,
            ScheduledExecutorService scheduler,
            @Nullable Executor foreign) {
        this(new CallbackThreads(producerName, settings, scheduler), foreign);
    }

    /** @param own run the callbacks if nobody else does */
    Callbacks(CallbackThreads own, @Nullable Executor foreign) {
        this.own = own;
        this.foreign = foreign;
        this.helper = foreign == null ? own::goOnWith : heldUp -> executeForeign(foreign, heldUp);
    }

    /**
     * Delivers outcomes that came together, as few tasks: one for each {@link CompletionBatch#LIMIT}.
     *
     * @param first of a chain that is not the caller's any more
     */
    public void deliver(Completion first) {
        Completion rest = first;
        while (rest != null) {
            Completion begin = rest;
            rest = CompletionBatch.cut(begin);
            if (begin.next() == null) {
                execute(begin);
            } else {
                CompletionBatch batch = new CompletionBatch(begin, helper);
                own.watch(batch);
                execute(batch);
            }
        }
    }

    /** Runs it there; every one is run, also after {@link #close}. */
    public void execute(Runnable callback) {
        if (foreign == null) {
            executeOwn(callback);
        } else {
            executeForeign(foreign, callback);
        }
    }

    private void executeForeign(Executor executor, Runnable callback) {
        Thread submitter = Thread.currentThread();
        try {
            executor.execute(() -> {
                if (Thread.currentThread() == submitter) { // as some do when they are full; it may be an event loop
                    logRefusal(null);
                    executeOwn(callback);
                } else {
                    runForeign(callback);
                }
            });
        } catch (RuntimeException | Error e) { // whatever an executor of the application's may throw
            logRefusal(e);
            executeOwn(callback);
        }
    }

    private void logRefusal(@Nullable Throwable refusal) {
        if (refusedLog.permits(System.nanoTime())) {
            log.warn(
                    "the callback executor refuses work, or does it in the calling thread; such callbacks run on threads"
                            + " of the producer's",
                    refusal);
        }
    }

    /** No outcome may be lost, whoever has been closed meanwhile. */
    private void executeOwn(Runnable callback) {
        try {
            own.execute(callback);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // closed, or no thread can be made
            own.executeLast(callback);
        }
    }

    private void runForeign(Runnable callback) {
        Thread self = Thread.currentThread();
        boolean outermost = running.add(self);
        try {
            callback.run();
        } finally {
            if (outermost) {
                running.remove(self);
            }
        }
    }

    /** Whether the calling thread runs a callback of this producer's. */
    public boolean onCallbackThread() {
        Thread self = Thread.currentThread();
        return (self instanceof CallbackThread thread && thread.belongsTo(own)) || running.contains(self);
    }

    /** Whether the calling thread may be parked until there is room in flight. */
    public boolean callerMayWait() {
        Thread self = Thread.currentThread();
        return !(self instanceof CallbackThread)
                && !NON_BLOCKING.get(self.getClass())
                && !(foreign != null && running.contains(self));
    }

    /**
     * Lets the producer's own threads end, once they have delivered what there is; interrupts what is still running after so
     * long.
     */
    public void close(Duration limit) throws InterruptedException {
        own.close();
        if (!own.awaitEnd(limit)) {
            own.abandon();
        }
    }

    private static boolean isNonBlocking(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            boolean byInterface = Arrays.stream(each.getInterfaces())
                    .anyMatch(one -> one.getName().equals("reactor.core.scheduler.NonBlocking"));
            if (byInterface || each.getName().equals("io.netty.util.concurrent.FastThreadLocalThread")) {
                return true;
            }
        }
        return false;
    }
}
