package io.mqproducer.test.peer;

import io.mqproducer.test.peer.Delivery.Ending;
import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.FrameBuffer;
import io.mqproducer.test.socket.DaemonThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection: a thread that reads frames and one that writes, each answer whole before the next. Thread-safe.
 */
final class PeerConnection {

    private final int number;
    private final Socket socket;
    private final ScriptedPeer peer;
    private final Traffic traffic;
    private final Thread reader;
    private final ScheduledThreadPoolExecutor writer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Integer, CompletableFuture<Request>> pushed = new ConcurrentHashMap<>();

    // What arrived, in order; both guarded by the first.
    private final List<Frame> frames = new ArrayList<>();
    private final FrameBuffer buffer = new FrameBuffer();

    PeerConnection(int number, Socket socket, ScriptedPeer peer, Traffic traffic) {
        this.number = number;
        this.socket = socket;
        this.peer = peer;
        this.traffic = traffic;
        String name = "scripted-peer-" + peer.port() + "-" + number;
        this.reader = DaemonThreads.create(name + "-reader", this::readToTheEnd);
        this.writer = new ScheduledThreadPoolExecutor(1, task -> DaemonThreads.create(name + "-writer", task));
        writer.setRemoveOnCancelPolicy(true);
    }

    int number() {
        return number;
    }

    void start() {
        reader.start();
    }

    boolean isOpen() {
        return closed.getCount() > 0;
    }

    byte[] receivedBytes() {
        synchronized (frames) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            frames.forEach(frame -> frame.appendTo(all));
            all.writeBytes(buffer.rest());
            return all.toByteArray();
        }
    }

    void forgetReceived() {
        synchronized (frames) {
            frames.clear();
        }
    }

    private void readToTheEnd() {
        byte[] chunk = new byte[64 * 1024];
        try {
            while (isOpen()) {
                traffic.awaitReading(this);
                int length = socket.getInputStream().read(chunk);
                if (length < 0 || !isOpen()) {
                    break;
                }
                synchronized (frames) {
                    buffer.append(chunk, length);
                }
                for (Frame frame = nextFrame(); frame != null; frame = nextFrame()) {
                    received(new Request(frame, number, peer.port(), System.nanoTime()));
                }
            }
        } catch (IOException | InterruptedException e) {
            // The client reset the connection, or it was closed here: either way it is over.
        } finally {
            end(Ending.CLOSE);
        }
    }

    private @Nullable Frame nextFrame() {
        synchronized (frames) {
            Frame frame = buffer.next();
            if (frame != null) {
                frames.add(frame);
            }
            return frame;
        }
    }

    private void received(Request request) {
        traffic.add(request);
        if (request.frame().isResponse()) {
            CompletableFuture<Request> waiting = pushed.remove(request.opaque());
            if (waiting != null) {
                waiting.complete(request);
            }
        } else {
            peer.answer(request, peer.script(request.code()));
        }
    }

    CompletableFuture<Request> push(Frame frame) {
        CompletableFuture<Request> answer = new CompletableFuture<>();
        pushed.put(frame.opaque(), answer);
        send(frame.bytes());
        if (!isOpen()) {
            failPushes();
        }
        return answer;
    }

    private void failPushes() {
        pushed.values().forEach(answer -> answer.completeExceptionally(new SocketException("connection closed")));
    }

    void send(byte[] bytes) {
        deliver(bytes, Delivery.ONCE);
    }

    void deliver(byte[] bytes, Delivery delivery) {
        if (bytes.length == 0 && delivery.ending() == Ending.NONE) {
            return;
        }
        try {
            var unused = writer.schedule(
                    () -> write(bytes, delivery), delivery.delay().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: what a late answer meets on a real server, too.
        }
    }

    private void write(byte[] bytes, Delivery delivery) {
        int slice = delivery.sliceSize() == 0 ? bytes.length : delivery.sliceSize();
        try {
            OutputStream out = socket.getOutputStream();
            for (int from = 0; from < bytes.length && isOpen(); from += slice) {
                out.write(bytes, from, Math.min(slice, bytes.length - from));
                pause(delivery.slicePause());
            }
            if (delivery.ending() != Ending.NONE) {
                end(delivery.ending());
            }
        } catch (IOException | InterruptedException e) {
            end(Ending.CLOSE);
        }
    }

    private void pause(Duration pause) throws InterruptedException {
        if (!pause.isZero()) {
            boolean ignored = closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Closes the connection with FIN or RST; only the first call counts. */
    void end(Ending ending) {
        synchronized (closed) {
            if (!isOpen()) {
                return;
            }
            closed.countDown();
            try {
                if (ending == Ending.RESET) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            } catch (IOException e) {
                // Closing what is closed already.
            }
        }
        writer.shutdownNow();
        reader.interrupt();
        failPushes();
        traffic.connectionEnded();
    }

    /**
     * Waits a moment for the reader, because the system sends FIN or RST only when nobody reads any more. A script may be
     * what ends the connection, so this waits neither for the own thread nor for ever.
     */
    void awaitReader() {
        if (reader != Thread.currentThread()) {
            DaemonThreads.joinWithin(reader, Duration.ofSeconds(1));
        }
    }

    void awaitThreads() {
        DaemonThreads.join(reader);
        DaemonThreads.awaitEnd(writer);
    }
}
