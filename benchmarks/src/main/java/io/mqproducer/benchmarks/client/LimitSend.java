package io.mqproducer.benchmarks.client;

import io.mqproducer.benchmarks.client.BenchmarkClient.Completion;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One send on its way: what it writes, and whom its end concerns. */
abstract class LimitSend {

    final LimitTemplate template;
    final byte[] body;

    LimitSend(LimitTemplate template, byte[] body) {
        this.template = template;
        this.body = body;
    }

    /** Called once, on the event loop: when the answer is there, or without one when the request is written. */
    abstract void ended(@Nullable Throwable failure);

    boolean wantsAnswer() {
        return true;
    }

    /** Completed on the event loop. */
    static final class Async extends LimitSend {

        private final Completion completion;

        Async(LimitTemplate template, byte[] body, Completion completion) {
            super(template, body);
            this.completion = completion;
        }

        @Override
        void ended(@Nullable Throwable failure) {
            if (failure == null) {
                completion.succeeded();
            } else {
                completion.failed(failure);
            }
        }
    }

    /** Its caller is parked. */
    static final class Sync extends LimitSend {

        private final Thread caller = Thread.currentThread();
        private @Nullable Throwable failure;
        private volatile boolean done;

        Sync(LimitTemplate template, byte[] body) {
            super(template, body);
        }

        void await() throws InterruptedException {
            while (!done) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            if (failure != null) {
                throw new IllegalStateException("not sent", failure);
            }
        }

        @Override
        void ended(@Nullable Throwable failure) {
            this.failure = failure;
            done = true;
            LockSupport.unpark(caller);
        }
    }

    /** Nobody waits. */
    static final class Oneway extends LimitSend {

        Oneway(LimitTemplate template, byte[] body) {
            super(template, body);
        }

        @Override
        boolean wantsAnswer() {
            return false;
        }

        @Override
        void ended(@Nullable Throwable failure) {}
    }
}
