package io.mqproducer.internal.send;

import io.mqproducer.internal.util.Throttle;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where code of the application runs: on the callback executor, the producer's own or one of the application's, never
 * on an event loop. Knows which threads must not be parked. Thread-safe.
 */
final class Callbacks {

    private static final Logger log = LoggerFactory.getLogger(Callbacks.class);

    /** Netty's threads and Reactor's non-blocking ones, by name: neither need be on the class path. */
    private static final ClassValue<Boolean> NON_BLOCKING = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isNonBlocking(type);
        }
    };

    private final Executor executor;
    private final Executor fallback;
    private final boolean foreign;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final Throttle rejectedLog = new Throttle(Duration.ofSeconds(30));

    /**
     * @param executor runs the callbacks
     * @param fallback runs what the executor refuses
     */
    Callbacks(Executor executor, Executor fallback) {
        this.executor = executor;
        this.fallback = fallback;
        this.foreign = !(executor instanceof CallbackThreads);
    }

    void execute(Runnable callback) {
        try {
            executor.execute(foreign ? foreign(callback) : callback);
        } catch (RejectedExecutionException e) {
            if (rejectedLog.permits(System.nanoTime())) {
                log.warn("the callback executor refuses work; callbacks run on a thread of the producer's", e);
            }
            executeElsewhere(callback);
        }
    }

    /** No outcome may be lost, whoever has been shut down meanwhile. */
    private void executeElsewhere(Runnable callback) {
        try {
            fallback.execute(callback);
        } catch (RejectedExecutionException e) {
            Thread last = new Thread(callback, "mq-producer-last-callback");
            last.setDaemon(true);
            last.start();
        }
    }

    /** Runs the callback, unless the executor is full and has the submitting thread run it: maybe an event loop. */
    private Runnable foreign(Runnable callback) {
        Thread submitter = Thread.currentThread();
        return () -> {
            if (Thread.currentThread() == submitter) {
                executeElsewhere(callback);
            } else {
                runForeign(callback);
            }
        };
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
    boolean onCallbackThread() {
        Thread self = Thread.currentThread();
        return foreign ? running.contains(self) : self instanceof CallbackThread;
    }

    /** Whether the calling thread may be parked until there is room in flight. */
    boolean callerMayWait() {
        Thread self = Thread.currentThread();
        return !(self instanceof CallbackThread)
                && !NON_BLOCKING.get(self.getClass())
                && !(foreign && running.contains(self));
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
