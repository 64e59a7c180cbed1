package io.mqproducer.test;

import io.mqproducer.test.process.ChildCommand;
import io.mqproducer.test.process.FreePorts;
import io.mqproducer.test.process.ProcessGuard;

/** A name server. One that is restarted knows all brokers that serve when {@link #restart()} returns. */
public final class EmbeddedNameServer extends EmbeddedServer {

    private final ServerFiles files;
    private final Cluster cluster;

    EmbeddedNameServer(String name, ProcessGuard guard, ServerFiles files, Cluster cluster) {
        super(name, FreePorts.find(), guard);
        this.files = files;
        this.cluster = cluster;
    }

    /** Makes a topic an ordered one here: its queues are those, in that order; for example {@code broker-b:4;broker-a:4}. */
    public void putOrder(String topic, String queuesByBroker) {
        ask("kv ORDER_TOPIC_CONFIG " + topic + " " + queuesByBroker);
    }

    @Override
    ChildCommand command() {
        return files.nameServer(name(), port());
    }

    @Override
    void afterRestart() {
        cluster.registerBrokers();
    }
}
