package io.mqproducer.benchmarks.client;

import io.mqproducer.benchmarks.wire.FrameCutter;
import io.mqproducer.benchmarks.wire.HeaderNumber;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes what callers queue, all of it at once, and pairs the answers. {@link #submit} is safe for any number of threads;
 * all else belongs to the event loop.
 */
final class LimitConnection extends FrameCutter {

    private static final int QUEUE = 1 << 16;
    private static final int RING = 1 << 17;
    private static final int CHUNK = 1 << 16;
    private static final int ONEWAY = 2;
    private static final long SUCCESS = 0x7B22636F6465223AL; // {"code":
    private static final short SUCCESS_END = 0x302C; // 0,

    private final EventLoop loop;
    private final MpscArrayQueue<LimitSend> queue = new MpscArrayQueue<>(QUEUE);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable drain = this::drain;
    private final @Nullable LimitSend[] inFlight = new @Nullable LimitSend[RING];
    private final HeaderNumber opaqueOfAnswer = new HeaderNumber("opaque");
    private @Nullable ChannelHandlerContext context;
    private int lastOpaque;
    private int waiting;
    private boolean draining;

    LimitConnection(EventLoop loop) {
        this.loop = loop;
    }

    /** Waits while there are too many before it. */
    void submit(LimitSend send) {
        while (!queue.offer(send)) {
            if (loop.inEventLoop()) {
                throw new IllegalStateException(QUEUE + " sends wait already");
            }
            LockSupport.parkNanos(this, 1_000);
        }
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            loop.execute(drain);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    private void drain() {
        ChannelHandlerContext to = context;
        if (draining || to == null) {
            return; // a flush that made the channel writable again
        }
        draining = true;
        do {
            if (to.channel().isActive()) {
                write(to);
            } else {
                fail(new IllegalStateException("not connected"));
            }
        } while (goesOn(to));
        draining = false;
    }

    private void write(ChannelHandlerContext to) {
        ByteBuf out = null;
        LimitSend send;
        while (takesMore(to) && (send = queue.relaxedPoll()) != null) {
            int size = send.template.size(send.body);
            if (out == null || out.writableBytes() < size) {
                if (out != null) {
                    to.write(out, to.voidPromise());
                }
                out = to.alloc().directBuffer(Math.max(CHUNK, size));
            }
            append(out, send);
        }
        if (out != null) {
            to.write(out, to.voidPromise());
            to.flush();
        }
    }

    private void append(ByteBuf out, LimitSend send) {
        if (!send.wantsAnswer()) {
            send.template.append(out, 0, ONEWAY, send.body);
            send.ended(null);
            return;
        }
        int opaque = lastOpaque;
        do {
            opaque++;
        } while (inFlight[opaque & RING - 1] != null);
        lastOpaque = opaque;
        inFlight[opaque & RING - 1] = send;
        waiting++;
        send.template.append(out, opaque, 0, send.body);
    }

    private boolean takesMore(ChannelHandlerContext to) {
        return waiting < RING && to.channel().isWritable();
    }

    /** If not because too much is on its way, {@link #scheduled} stays set until an answer or the socket gives leave. */
    private boolean goesOn(ChannelHandlerContext to) {
        if (!queue.isEmpty()) {
            return takesMore(to) || !to.channel().isActive();
        }
        scheduled.set(false);
        return !queue.isEmpty() && scheduled.compareAndSet(false, true);
    }

    @Override
    protected void frame(ChannelHandlerContext context, ByteBuf in, int start, int end) {
        int headerEnd = headerEnd(in, start);
        int opaque = opaqueOfAnswer.last(in, start + PREFIX, headerEnd, 0);
        LimitSend send = inFlight[opaque & RING - 1];
        if (send == null) {
            throw new IllegalStateException("an answer to nothing: " + text(in, start, headerEnd));
        }
        inFlight[opaque & RING - 1] = null;
        waiting--;
        boolean success =
                in.getLong(start + PREFIX) == SUCCESS && in.getShort(start + PREFIX + Long.BYTES) == SUCCESS_END;
        send.ended(success ? null : new IllegalStateException("refused: " + text(in, start, headerEnd)));
    }

    private static String text(ByteBuf in, int start, int headerEnd) {
        return in.toString(start + PREFIX, headerEnd - start - PREFIX, StandardCharsets.UTF_8);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        scheduled.set(true); // who comes now need not wake the loop
        drain();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        drain();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new IllegalStateException("the connection was closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
        context.close();
    }

    private void fail(Throwable failure) {
        for (int slot = 0; slot < RING && waiting > 0; slot++) {
            LimitSend send = inFlight[slot];
            if (send != null) {
                inFlight[slot] = null;
                waiting--;
                send.ended(failure);
            }
        }
        LimitSend queued;
        while ((queued = queue.poll()) != null) {
            queued.ended(failure);
        }
    }
}
