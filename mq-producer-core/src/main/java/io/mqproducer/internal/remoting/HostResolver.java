package io.mqproducer.internal.remoting;

import io.mqproducer.internal.util.JoinableThreads;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns host names into addresses, all of those that a name has. The JDK's look-up blocks, so names are looked up on
 * threads made for it, a few at most and gone when idle; IP literals need none. Whoever asks for a name that is being looked
 * up shares that look-up, so that a name server of the network's that hangs holds up one thread per name. Thread-safe.
 */
public final class HostResolver implements AutoCloseable {

    private static final int MAX_THREADS = 4;
    private static final int MAX_WAITING = 1024;
    private static final Duration END_LIMIT = Duration.ofMillis(200);

    /** What knows the addresses of a name; may take its time. */
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    private final Lookup lookup;
    private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();
    private final JoinableThreads made;
    private final ThreadPoolExecutor threads;

    public HostResolver(String producerName, Lookup lookup) {
        this.lookup = lookup;
        made = JoinableThreads.daemons(producerName, "dns");
        threads = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), made);
        threads.allowCoreThreadTimeOut(true);
    }

    /** The address that an IP literal is, or null if it is a name. */
    public static @Nullable InetAddress literal(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(host + " is no IP address", e);
        }
    }

    /** Completes at once for an IP literal, else on a thread of its own. */
    CompletableFuture<List<InetAddress>> resolve(String host) {
        InetAddress literal = literal(host);
        if (literal != null) {
            return CompletableFuture.completedFuture(List.of(literal));
        }
        CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> shared = underWay.putIfAbsent(host, addresses);
        if (shared != null) {
            return shared;
        }
        try {
            threads.execute(() -> lookUp(host, addresses));
        } catch (RejectedExecutionException
                | OutOfMemoryError e) { // closed, or too many names, or no thread can be made
            underWay.remove(host);
            addresses.completeExceptionally(e);
        }
        return addresses;
    }

    private void lookUp(String host, CompletableFuture<List<InetAddress>> addresses) {
        try {
            List<InetAddress> found = List.of(lookup.addressesOf(host));
            underWay.remove(host);
            addresses.complete(found);
        } catch (UnknownHostException | RuntimeException | Error e) {
            underWay.remove(host);
            addresses.completeExceptionally(new IllegalArgumentException("unknown host " + host, e));
        }
    }

    /** The threads, for code that must not run on an event loop and has to do with where servers are. */
    public Executor threads() {
        return threads;
    }

    /** Ends the threads; one whose look-up hangs, which nothing can end, is not waited for. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            made.join(END_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
