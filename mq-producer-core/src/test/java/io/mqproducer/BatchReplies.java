package io.mqproducer;

import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How brokers answer batches, and what is in them. */
final class BatchReplies {

    static final int SEND_BATCH_MESSAGE = 320;

    private BatchReplies() {}

    /** All stored: the ids of all, joined by commas. */
    static Reply stored(Request request) {
        return stored(request, 0);
    }

    /** All stored, as durably as the code says. */
    static Reply stored(Request request, int code) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < bodies(request).size(); i++) {
            ids.add("7F0000010000A9F50000000000000%03X".formatted(i));
        }
        return Reply.code(code)
                .field("msgId", String.join(",", ids))
                .field("queueId", request.field("e", "queueId"))
                .field("queueOffset", "0");
    }

    /** The bodies of the records, as text. */
    static List<String> bodies(Request request) {
        ByteBuffer records = ByteBuffer.wrap(request.body());
        List<String> bodies = new ArrayList<>();
        while (records.hasRemaining()) {
            int next = records.position() + records.getInt(records.position());
            records.position(records.position() + 16);
            byte[] body = new byte[records.getInt()];
            records.get(body);
            bodies.add(new String(body, StandardCharsets.UTF_8));
            records.position(next);
        }
        return bodies;
    }

    /** The ids that the records bear. */
    static List<String> ids(Request request) {
        return ids(new String(request.body(), StandardCharsets.ISO_8859_1));
    }

    /** The ids in these properties. */
    static List<String> ids(String properties) {
        return Pattern.compile("UNIQ_KEY\u0001([0-9A-F]+)\u0002")
                .matcher(properties)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
