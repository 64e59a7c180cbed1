package io.mqproducer.test;

import io.mqproducer.test.process.ChildCommand;
import io.mqproducer.test.process.FreePorts;
import io.mqproducer.test.process.ProcessGuard;

/** A broker, master of its name. One that is restarted is in the route again when {@link #restart()} returns. */
public final class EmbeddedBroker extends EmbeddedServer {

    private static final int VIP_PORT_DISTANCE = -2;
    private static final int HA_PORT_DISTANCE = 1;

    private final ServerFiles files;
    private final Cluster cluster;

    EmbeddedBroker(String name, ProcessGuard guard, ServerFiles files, Cluster cluster) {
        super(name, FreePorts.find(VIP_PORT_DISTANCE, HA_PORT_DISTANCE), guard);
        this.files = files;
        this.cluster = cluster;
    }

    /** Makes a topic on this broker only, or changes its number of queues; the name servers know when it returns. */
    public void createTopic(String topic, int queues) {
        ask("topic " + topic + " " + queues);
    }

    /** As {@link #createTopic(String, int)}, with an attribute, for example {@code cleanup.policy} and {@code COMPACTION}; from 5. */
    public void createTopic(String topic, int queues, String attribute, String value) {
        ask("topic " + topic + " " + queues + " " + attribute + " " + value);
    }

    /**
     * Makes a user of this broker's ACL, who may do nothing yet, or changes one; only with {@link
     * EmbeddedRocketMQBuilder#acl}. No spaces in name and password.
     */
    public void putUser(String user, String password, boolean enabled) {
        ask("user " + user + " " + password + " " + enabled);
    }

    /** Lets a user of this broker's ACL publish to a topic. */
    public void allowPublishing(String user, String topic) {
        ask("grant " + user + " " + topic);
    }

    /** Returns when all that the broker has acknowledged can be read. */
    void settle() {
        ask("settle");
    }

    void register(String nameServers) {
        ask("register " + nameServers);
    }

    @Override
    ChildCommand command() {
        return files.broker(name(), port(), cluster.nameServerAddresses(), cluster.servingNameServerAddresses());
    }
}
