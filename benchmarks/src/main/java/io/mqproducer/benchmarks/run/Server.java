package io.mqproducer.benchmarks.run;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Measurement;
import java.util.List;
import java.util.Map;

/** What the clients of a row send to, in processes of its own. */
interface Server extends AutoCloseable {

    String nameServer();

    /** The {@code host:port} of a broker. */
    String broker();

    /** The topic for a client, ready to be written. */
    String topic(ClientKind kind);

    /**
     * What is wrong with what arrived; empty if nothing is.
     *
     * @param groups the producer group of each client, the first the one that others are compared with
     * @param acknowledged how many messages each client says are stored
     */
    List<String> complaints(Map<ClientKind, String> groups, Map<ClientKind, Long> acknowledged);

    /** A round of a client, with what only the server can tell of it. */
    Measurement round(ClientProcess client, long millis);

    @Override
    void close();
}
