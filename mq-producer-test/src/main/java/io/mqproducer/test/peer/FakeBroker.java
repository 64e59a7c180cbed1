package io.mqproducer.test.peer;

import io.mqproducer.test.peer.codec.BatchRecord;
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
        List<RecordedMessage> batch = new ArrayList<>();
        for (BatchRecord record : BatchRecord.of(request.body())) {
            long offset = nextOffset.getAndIncrement();
            batch.add(new RecordedMessage(request, name, offset, record.properties(), record.body()));
        }
        batch.forEach(store);
        return Reply.sendOk(request, batch.isEmpty() ? 0 : batch.get(0).queueOffset());
    }
}
