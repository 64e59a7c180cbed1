package io.mqproducer.test.peer;

import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.Json;
import io.mqproducer.test.peer.codec.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A frame that a client sent to a {@link ScriptedPeer}: when, and on which of its connections, counted from 0.
 *
 * @param port the peer's port
 * @param nanoTime {@link System#nanoTime()} when the last byte had arrived
 */
public record Request(Frame frame, int connection, int port, long nanoTime) {

    public int code() {
        return frame.code();
    }

    public int opaque() {
        return frame.opaque();
    }

    public int flag() {
        return frame.header().flag();
    }

    public int version() {
        return frame.header().version();
    }

    public String language() {
        return frame.header().language();
    }

    public @Nullable String remark() {
        return frame.header().remark();
    }

    public Serialization serialization() {
        return frame.serialization();
    }

    public boolean isOneway() {
        return frame.isOneway();
    }

    public Map<String, String> fields() {
        return frame.fields();
    }

    /** The first of the named fields that is there, which serves long and short names of one field. */
    public String field(String... names) {
        for (String name : names) {
            String value = frame.fields().get(name);
            if (value != null) {
                return value;
            }
        }
        throw new AssertionError("no field " + String.join(" or ", names) + " in " + frame);
    }

    public int intField(String... names) {
        return Integer.parseInt(field(names));
    }

    public long longField(String... names) {
        return Long.parseLong(field(names));
    }

    public byte[] body() {
        return frame.body();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    /** The body as a JSON object, such as a heartbeat's. */
    public Map<String, @Nullable Object> json() {
        return Json.parseObject(text());
    }

    /** The whole frame as received, its length included. */
    public byte[] bytes() {
        return frame.bytes();
    }
}
