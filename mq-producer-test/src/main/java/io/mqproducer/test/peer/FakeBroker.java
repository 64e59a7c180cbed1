package io.mqproducer.test.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The script of a broker that stores every message, with offsets that grow by one in each queue. Thread-safe. */
final class FakeBroker implements Script {

    private static final int SEND_BATCH_MESSAGE = 320;

    private final String name;
    private final Consumer<RecordedMessage> store;
    private final Map<String, AtomicLong> nextOffsets = new ConcurrentHashMap<>();

    FakeBroker(String name, Consumer<RecordedMessage> store) {
        this.name = name;
        this.store = store;
    }

    @Override
    public Reply reply(Request request) {
        String queue = request.field("b", "topic") + ":" + Math.max(0, request.intField("e", "queueId"));
        AtomicLong nextOffset = nextOffsets.computeIfAbsent(queue, q -> new AtomicLong());
        if (request.code() == SEND_BATCH_MESSAGE) {
            return storeBatch(request, nextOffset);
        }
        long offset = nextOffset.getAndIncrement();
        store.accept(new RecordedMessage(request, name, offset, request.field("i", "properties"), request.body()));
        return Reply.sendOk(request, offset);
    }

    private Reply storeBatch(Request request, AtomicLong nextOffset) {
        ByteBuffer records = ByteBuffer.wrap(request.body());
        List<RecordedMessage> batch = new ArrayList<>();
        while (records.hasRemaining()) {
            // Size, magic, checksum and flag tell nothing that the body does not.
            records.position(records.position() + 4 * Integer.BYTES);
            byte[] body = new byte[records.getInt()];
            records.get(body);
            byte[] properties = new byte[records.getShort()];
            records.get(properties);
            String text = new String(properties, StandardCharsets.UTF_8);
            batch.add(new RecordedMessage(request, name, nextOffset.getAndIncrement(), text, body));
        }
        batch.forEach(store);
        return Reply.sendOk(request, batch.isEmpty() ? 0 : batch.get(0).queueOffset());
    }
}
