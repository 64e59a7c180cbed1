package io.mqproducer.internal.remoting;

import io.mqproducer.internal.util.Endpoint;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Turns endpoints into socket addresses, all of those that a name has. The JDK's look-up blocks, so names are looked
 * up on threads made for it, a few at most and gone when idle; IP literals need none.
 */
final class HostResolver implements AutoCloseable {

    private static final int MAX_THREADS = 4;
    private static final int MAX_WAITING = 1024;

    private final ThreadPoolExecutor threads;

    HostResolver(String producerName) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread =
                            new Thread(task, "mq-producer-" + producerName + "-dns-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Completes at once for an IP literal, else on a thread of its own. */
    CompletableFuture<List<InetSocketAddress>> resolve(Endpoint endpoint) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(endpoint.host());
        try {
            if (literal != null) {
                return CompletableFuture.completedFuture(
                        List.of(new InetSocketAddress(InetAddress.getByAddress(literal), endpoint.port())));
            }
            return CompletableFuture.supplyAsync(() -> lookUp(endpoint), threads);
        } catch (UnknownHostException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static List<InetSocketAddress> lookUp(Endpoint endpoint) {
        try {
            return Stream.of(InetAddress.getAllByName(endpoint.host()))
                    .map(address -> new InetSocketAddress(address, endpoint.port()))
                    .toList();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("unknown host " + endpoint.host(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
