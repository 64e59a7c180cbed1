package io.mqproducer.samples.orders;

import io.mqproducer.test.OfficialClient;
import io.mqproducer.test.StoredMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Component;

/** Reads events back from the broker, by RocketMQ's own client in a process of its own. */
@Component
class StoredEvents {

    /** Nobody waits for a one-way message to be stored, so it may take a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final NameServers nameServers;

    StoredEvents(NameServers nameServers) {
        this.nameServers = nameServers;
    }

    /** How many of the orders with these ids each topic holds a message of. */
    Map<String, Long> count(Collection<String> orderIds) {
        Map<String, Long> found = new LinkedHashMap<>();
        try (OfficialClient client = OfficialClient.connect(nameServers.addresses())) {
            for (String topic : List.of(OrderEvents.ORDERS, Audit.TOPIC, OrderEvents.CLICKS)) {
                found.put(topic, count(client, topic, orderIds));
            }
        }
        return found;
    }

    private static long count(OfficialClient client, String topic, Collection<String> orderIds) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long found = 0;
        while (found < orderIds.size() && System.nanoTime() < deadline) {
            found = client.summaries(topic).stream()
                    .map(StoredMessage::keys)
                    .filter(orderIds::contains)
                    .distinct()
                    .count();
            if (found < orderIds.size()) {
                LockSupport.parkNanos(PAUSE);
            }
        }
        return found;
    }
}
