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

    @Override
    ChildCommand command() {
        return files.nameServer(name(), port());
    }

    @Override
    void afterRestart() {
        cluster.registerBrokers();
    }
}
