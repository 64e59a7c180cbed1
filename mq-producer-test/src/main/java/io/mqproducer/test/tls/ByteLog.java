package io.mqproducer.test.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What has arrived, connection after connection. Thread-safe. */
public final class ByteLog {

    private final List<ByteArrayOutputStream> connections = new ArrayList<>();

    synchronized ByteArrayOutputStream next() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        connections.add(bytes);
        return bytes;
    }

    /** The bytes of each connection so far, which may be none. */
    public synchronized List<byte[]> connections() {
        return connections.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }

    /** How many bytes there are in total. */
    public int size() {
        return connections().stream().mapToInt(bytes -> bytes.length).sum();
    }

    /** Whether a text is found in the bytes of any connection. */
    public boolean contains(String text) {
        return connections().stream().anyMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains(text));
    }
}
