package io.mqproducer.test.peer;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that a broker of a {@link FakeCluster} has stored, with its place and the request that brought it. Immutable. */
public final class RecordedMessage {

    private final Request request;
    private final String brokerName;
    private final long queueOffset;
    private final Map<String, String> properties;
    private final byte[] body;

    RecordedMessage(Request request, String brokerName, long queueOffset, String properties, byte[] body) {
        this.request = request;
        this.brokerName = brokerName;
        this.queueOffset = queueOffset;
        this.properties = properties(properties);
        this.body = body;
    }

    /** Takes the text form of properties apart: name U+0001 value U+0002, the last U+0002 optional. */
    static Map<String, String> properties(String text) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String pair : text.split("\u0002", -1)) {
            int middle = pair.indexOf('\u0001');
            if (middle > 0) {
                properties.put(pair.substring(0, middle), pair.substring(middle + 1));
            }
        }
        return Collections.unmodifiableMap(properties);
    }

    public String topic() {
        return request.field("b", "topic");
    }

    public String group() {
        return request.field("a", "producerGroup");
    }

    public String brokerName() {
        return brokerName;
    }

    public int queueId() {
        return Math.max(0, request.intField("e", "queueId"));
    }

    public long queueOffset() {
        return queueOffset;
    }

    public int sysFlag() {
        return request.intField("f", "sysFlag");
    }

    public Map<String, String> properties() {
        return properties;
    }

    public @Nullable String property(String name) {
        return properties.get(name);
    }

    /** The id that the client gave it, or {@code null} if it gave none. */
    public @Nullable String uniqueKey() {
        return property("UNIQ_KEY");
    }

    /** The body as it came over the wire, compressed or not. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The request that brought it; the messages of a batch share theirs. */
    public Request request() {
        return request;
    }

    @Override
    public String toString() {
        return topic() + " " + brokerName + ":" + queueId() + "@" + queueOffset + " " + properties;
    }
}
