package io.mqproducer.internal.send;

import io.mqproducer.internal.protocol.BatchRecord;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.QueueTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says which messages of a batch may travel in one request: those of one topic and ordering key that are alike in whether
 * they wait for the store, as many as fit. What a broker does not honour within a batch travels alone. For one batch.
 */
final class BatchSplit {

    private static final String RETRY_TOPIC = "%RETRY%";

    /** What the messages of one request have in common. */
    private record Common(String topic, Optional<String> orderingKey, boolean waitForStore) {}

    /** A request that has room for more. */
    private static final class Open {

        private List<BatchElement> elements = new ArrayList<>();
        private long bytes;
    }

    private final QueueTarget target;
    private final long maxBytes;
    private final List<List<BatchElement>> parts = new ArrayList<>();
    private final Map<Common, Open> open = new LinkedHashMap<>();

    /** @param maxBytes how large the body of a request may be */
    BatchSplit(QueueTarget target, long maxBytes) {
        this.target = target;
        this.maxBytes = maxBytes;
    }

    /** @param bytes the most that the message can take as part of a batch */
    void add(BatchElement element, long bytes) {
        Message message = element.message();
        if (!mayTravelWithOthers(message) || bytes > maxBytes) {
            begin(new Open()).add(element);
            return;
        }
        Common common = new Common(message.topic(), message.orderingKey(), message.waitForStore());
        Open part = open.get(common);
        if (part == null || part.bytes + bytes > maxBytes || part.elements.size() == BatchRecord.MAX_RECORDS) {
            part = new Open();
            begin(part);
            open.put(common, part);
        }
        part.elements.add(element);
        part.bytes += bytes;
    }

    private List<BatchElement> begin(Open part) {
        parts.add(part.elements);
        return part.elements;
    }

    /** One list for each request, in the order of their first messages. */
    List<List<BatchElement>> parts() {
        return parts;
    }

    /** A selector is asked for each message. The rest is what brokers do for single messages only. */
    private boolean mayTravelWithOthers(Message message) {
        return !(target instanceof QueueTarget.Selected) && isPlain(message);
    }

    /** Whether a broker does for the message within a batch all that it would do for it alone. */
    static boolean isPlain(Message message) {
        return message.delivery() == DeliveryTime.now()
                && message.priority().isEmpty()
                && message.liteTopic().isEmpty()
                && message.multiDispatch().isEmpty()
                && message.reconsumeTimes().isEmpty()
                && !message.topic().startsWith(RETRY_TOPIC);
    }
}
