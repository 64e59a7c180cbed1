package io.mqproducer;

import io.mqproducer.internal.remoting.EventLoops;
import io.mqproducer.internal.remoting.HandshakeThreads;
import io.mqproducer.internal.remoting.HostResolver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The threads of one running producer, its own or shared ones, and what becomes of them when it ends. */
final class ThreadLease {

    private final ThreadSet threads;
    private final @Nullable IoThreads owner;

    private ThreadLease(ThreadSet threads, @Nullable IoThreads owner) {
        this.threads = threads;
        this.owner = owner;
    }

    /** Threads of the producer's own, which end with it. */
    static ThreadLease own(ThreadSet threads) {
        return new ThreadLease(threads, null);
    }

    /** Threads that somebody else ends. */
    static ThreadLease shared(ThreadSet threads, IoThreads owner) {
        return new ThreadLease(threads, owner);
    }

    EventLoops eventLoops() {
        return threads.eventLoops();
    }

    HostResolver resolver() {
        return threads.resolver();
    }

    HandshakeThreads handshakes() {
        return threads.handshakes();
    }

    Housekeeping housekeeping() {
        return threads.housekeeping();
    }

    /** Once all connections have been told to end: returns when they have. */
    void endIo() {
        if (owner == null) {
            threads.endIo();
        } else {
            threads.eventLoops().settle();
        }
    }

    /** The last thing that a producer does with them. */
    void end(Duration limit) {
        if (owner == null) {
            threads.endHousekeeping(limit);
        } else {
            owner.leave(this);
        }
    }
}
