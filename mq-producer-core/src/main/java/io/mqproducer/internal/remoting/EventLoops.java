package io.mqproducer.internal.remoting;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The I/O threads of a producer, or of several, and the kind of channel that they serve: epoll if the application brings its native
 * jar, else NIO. The one class that differs between Netty's lines: the groups used here are deprecated in 4.2 and the
 * only ones that 4.1 has.
 */
@SuppressWarnings("deprecation")
public final class EventLoops implements AutoCloseable {

    /** One event loop serves more messages than a broker stores; more of them only cost wake-ups. */
    private static final int MAX_DERIVED_THREADS = 2;

    private static final Duration SHUTDOWN_LIMIT = Duration.ofMillis(500);

    private final Queue<Thread> started = new ConcurrentLinkedQueue<>();
    private final EventLoopGroup group;
    private final Class<? extends Channel> channelType;

    /**
     * Starts no thread yet.
     *
     * @param threads how many, or 0 to derive it from the number of processors
     */
    public EventLoops(String producerName, int threads, boolean nativeTransport) {
        int count = threads > 0 ? threads : derived(Runtime.getRuntime().availableProcessors());
        DefaultThreadFactory factory = new RememberingFactory("mq-producer-" + producerName + "-io");
        if (nativeTransport && isNativeThere() && Epoll.isAvailable()) {
            group = new EpollEventLoopGroup(count, factory);
            channelType = EpollSocketChannel.class;
        } else {
            group = new NioEventLoopGroup(count, factory);
            channelType = NioSocketChannel.class;
        }
    }

    /** Whether the application has brought the native jar: to ask Netty without it makes JDK 24 and later warn. */
    private static boolean isNativeThere() {
        return Stream.of("x86_64", "aarch_64", "riscv64")
                .anyMatch(processor ->
                        Epoll.class.getResource("/META-INF/native/libnetty_transport_native_epoll_" + processor + ".so")
                                != null);
    }

    static int derived(int processors) {
        return Math.max(1, Math.min(MAX_DERIVED_THREADS, processors / 4));
    }

    EventLoop next() {
        return group.next();
    }

    Class<? extends Channel> channelType() {
        return channelType;
    }

    /**
     * Waits until what has been handed to the threads so far is done, and what that has led to at once; for half a second
     * each at most.
     */
    public void settle() {
        for (int turn = 0; turn < 2; turn++) {
            for (EventExecutor loop : group) {
                if (!loop.inEventLoop() && !loop.isShuttingDown()) {
                    loop.submit(() -> {}).awaitUninterruptibly(SHUTDOWN_LIMIT.toMillis());
                }
            }
        }
    }

    /** Ends the threads, waiting for them for half a second at most, unless called by one of them. */
    @Override
    public void close() {
        group.shutdownGracefully(0, SHUTDOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * SHUTDOWN_LIMIT.toMillis());
        for (Thread thread : started) { // the group says that it has ended while its threads are still on their way out
            if (thread != Thread.currentThread()) {
                join(thread);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(SHUTDOWN_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Remembers the threads that it makes, to wait for their end. */
    private final class RememberingFactory extends DefaultThreadFactory {

        RememberingFactory(String name) {
            super(name, true);
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            Thread thread = super.newThread(task, name);
            started.add(thread);
            return thread;
        }
    }
}
