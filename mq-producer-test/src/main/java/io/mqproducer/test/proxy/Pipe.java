package io.mqproducer.test.proxy;

import io.mqproducer.test.socket.DaemonThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One direction of a proxied connection: a thread that reads and one that writes, with up to 1 MiB between them, so that
 * latency does not limit the rate. Ends when both sockets are closed and {@link #stop()} is called.
 */
final class Pipe {

    private static final int CHUNK = 16 * 1024;
    private static final int CHUNKS = 64;

    private final Socket from;
    private final Socket to;
    private final Toxics toxics;
    private final ProxiedConnection owner;
    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread reader;
    private final Thread writer;

    Pipe(String name, Socket from, Socket to, Toxics toxics, ProxiedConnection owner) {
        this.from = from;
        this.to = to;
        this.toxics = toxics;
        this.owner = owner;
        this.reader = DaemonThreads.create(name + "-reader", this::read);
        this.writer = DaemonThreads.create(name + "-writer", this::write);
    }

    void start() {
        reader.start();
        writer.start();
    }

    /** Interrupts the threads; the owner has closed the sockets. */
    void stop() {
        reader.interrupt();
        writer.interrupt();
    }

    void awaitThreads() {
        DaemonThreads.join(reader);
        DaemonThreads.join(writer);
        chunks.clear();
    }

    private void read() {
        try {
            byte[] bytes = new byte[CHUNK];
            Kind kind = Kind.DATA;
            while (kind == Kind.DATA) {
                toxics.awaitThawed();
                kind = pass(bytes, from.getInputStream().read(bytes));
            }
        } catch (IOException e) {
            if (!toxics.swallows()) {
                owner.end(true);
            }
        } catch (InterruptedException e) {
            owner.end(false);
        }
    }

    private Kind pass(byte[] bytes, int length) throws InterruptedException {
        if (toxics.swallows()) {
            return length < 0 ? Kind.END : Kind.DATA;
        }
        if (length < 0) {
            return put(Kind.END, ByteBuffer.allocate(0));
        }
        int allowed = toxics.take(length);
        put(Kind.DATA, ByteBuffer.wrap(Arrays.copyOf(bytes, allowed)));
        return allowed < length ? put(Kind.CUT, ByteBuffer.allocate(0)) : Kind.DATA;
    }

    private Kind put(Kind kind, ByteBuffer bytes) throws InterruptedException {
        chunks.put(new Chunk(kind, bytes, toxics.due()));
        return kind;
    }

    private void write() {
        try {
            Kind kind = Kind.DATA;
            while (kind == Kind.DATA) {
                Chunk chunk = chunks.take();
                toxics.await(chunk.due());
                write(chunk.bytes());
                kind = chunk.kind();
            }
            if (kind == Kind.CUT) {
                owner.end(false);
            } else {
                to.shutdownOutput();
                owner.directionEnded();
            }
        } catch (IOException e) {
            owner.end(true);
        } catch (InterruptedException e) {
            owner.end(false);
        }
    }

    private void write(ByteBuffer bytes) throws IOException, InterruptedException {
        OutputStream out = to.getOutputStream();
        while (bytes.hasRemaining()) {
            toxics.awaitThawed();
            byte[] piece = new byte[toxics.pieceOf(bytes.remaining())];
            bytes.get(piece);
            toxics.pauseBefore(piece.length);
            out.write(piece);
            toxics.pauseAfterSlice();
        }
    }

    private enum Kind {
        DATA,
        END,
        CUT
    }

    private record Chunk(Kind kind, ByteBuffer bytes, Toxics.Due due) {}
}
