package io.mqproducer;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Threads that several producers share ({@link MQProducerBuilder#ioThreads}): those for connections, the one for what is to
 * happen later, and those that look up host names and shake hands for TLS. Each producer has its own threads for callbacks, which end when there is
 * nothing for them to do. All are daemons, and started when they are first needed. Thread-safe.
 *
 * <p>They outlive the producers: {@link #close} is for after the last of them.
 */
public final class IoThreads implements AutoCloseable {

    private static final String NAME = "shared";
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final ThreadSet threads;
    private final Map<ThreadLease, String> users = new LinkedHashMap<>(); // guarded by this
    private boolean closed; // likewise

    private IoThreads(int count, boolean nativeTransport) {
        threads = ThreadSet.of(NAME, count, nativeTransport, InetAddress::getAllByName);
    }

    /** As many I/O threads as the number of processors suggests, with Netty's native transport if its jar is there. */
    public static IoThreads create() {
        return create(true);
    }

    /** The same, with Netty's native transport if that is wanted and its jar is there. */
    public static IoThreads create(boolean nativeTransport) {
        return new IoThreads(0, nativeTransport);
    }

    /**
     * So many I/O threads, with Netty's native transport if its jar is there.
     *
     * @throws IllegalArgumentException if there is to be none
     */
    public static IoThreads create(int count) {
        return create(count, true);
    }

    /**
     * So many I/O threads, with Netty's native transport if that is wanted and its jar is there.
     *
     * @throws IllegalArgumentException if there is to be none
     */
    public static IoThreads create(int count, boolean nativeTransport) {
        if (count < 1) {
            throw new IllegalArgumentException("number of I/O threads must be at least 1, got " + count);
        }
        return new IoThreads(count, nativeTransport);
    }

    /** Lets a producer that starts use them; null if they are closed. */
    synchronized @Nullable ThreadLease enter(String producer) {
        if (closed) {
            return null;
        }
        ThreadLease lease = ThreadLease.shared(threads, this);
        users.put(lease, producer);
        return lease;
    }

    synchronized void leave(ThreadLease lease) {
        users.remove(lease);
    }

    /**
     * Ends the threads. A producer that is started afterwards fails; closing them again does nothing.
     *
     * @throws IllegalStateException if producers still run on them, which go on as if nothing had happened: their messages
     *     would be lost. It names them.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (!users.isEmpty()) {
                throw new IllegalStateException(
                        "I/O threads are in use by running producers, which must be closed before: " + users.values());
            }
            closed = true;
        }
        threads.endIo();
        threads.endHousekeeping(LIMIT);
    }
}
