package io.mqproducer.benchmarks.client;

import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.Serialization;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that sends to one topic, complete but for its length, opaque, flag and body. Immutable. */
final class LimitTemplate {

    /** Of each message. */
    static final String PROPERTIES = "UNIQ_KEY\u00017F000001000118B4AAC2000000000000\u0002WAIT\u0001true\u0002";

    private static final int SEND_MESSAGE_V2 = 310;
    private static final int SEND_BATCH_MESSAGE = 320;
    private static final int OPAQUE = 13;
    private static final int FLAG = 17;

    private final byte[] prefixAndHeader;

    LimitTemplate(String topic, boolean keysAndTags) {
        this(
                SEND_MESSAGE_V2,
                fields(topic, PROPERTIES + (keysAndTags ? "KEYS\u0001key\u0002TAGS\u0001tag\u0002" : ""), false));
    }

    private LimitTemplate(int code, Map<String, String> fields) {
        prefixAndHeader = Frame.request(code, 0)
                .withFields(fields)
                .as(Serialization.ROCKETMQ)
                .bytes();
    }

    /** Requests whose bodies are {@linkplain LimitBatch batches}. */
    static LimitTemplate ofBatches(String topic) {
        return new LimitTemplate(SEND_BATCH_MESSAGE, fields(topic, PROPERTIES, true));
    }

    private static Map<String, String> fields(String topic, String properties, boolean batch) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("a", "LIMIT");
        fields.put("b", topic);
        fields.put("c", "TBW102");
        fields.put("d", "4");
        fields.put("e", "0");
        fields.put("f", "0");
        fields.put("g", Long.toString(System.currentTimeMillis()));
        fields.put("h", "0");
        fields.put("i", properties);
        fields.put("j", "0");
        fields.put("k", "false");
        fields.put("m", Boolean.toString(batch));
        return fields;
    }

    /** What a request with that body takes. */
    int size(byte[] body) {
        return prefixAndHeader.length + body.length;
    }

    void append(ByteBuf out, int opaque, int flag, byte[] body) {
        int start = out.writerIndex();
        out.writeBytes(prefixAndHeader);
        out.setInt(start, size(body) - Integer.BYTES);
        out.setInt(start + OPAQUE, opaque);
        out.setInt(start + FLAG, flag);
        out.writeBytes(body);
    }
}
