package io.mqproducer.test.peer;

import io.mqproducer.test.peer.codec.Frame;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A client on a plain socket whose reads give up after five seconds. */
public final class RawClient implements AutoCloseable {

    private final Socket socket = new Socket();
    private final DataInputStream in;

    public RawClient(int port) throws IOException {
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(5_000);
        in = new DataInputStream(socket.getInputStream());
    }

    public void send(Frame frame) throws IOException {
        send(frame.bytes());
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    public Frame ask(Frame request) throws IOException {
        send(request);
        return receive();
    }

    public Frame receive() throws IOException {
        int length = in.readInt();
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES + length).putInt(length).array();
        in.readFully(bytes, Integer.BYTES, length);
        return Frame.decode(bytes);
    }

    public byte[] receive(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("after " + bytes.length + " bytes");
        }
        return bytes;
    }

    /** The next byte, or -1 at the end. */
    public int read() throws IOException {
        return in.read();
    }

    public void setTimeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
