package io.mqproducer.test.launcher;

import org.jspecify.annotations.Nullable;

/**
 * How RocketMQ's client reaches the cluster.
 *
 * @param nameServers joined with ';'
 * @param user of ACL, or null
 * @param password of ACL, or null
 */
record ClientSettings(
        String nameServers, @Nullable String user, @Nullable String password) {

    static ClientSettings of(String[] args) {
        return args.length == 1
                ? new ClientSettings(args[0], null, null)
                : new ClientSettings(args[0], args[1], args[2]);
    }

    /** A started producer or consumer of that class. */
    Reflected start(String className, String group) throws Exception {
        Reflected client = create(className, group);
        client.call("start");
        return client;
    }

    /** A push consumer that is not started yet, and begins with the oldest message. */
    Reflected consumer(String group) throws Exception {
        Reflected consumer = create("org.apache.rocketmq.client.consumer.DefaultMQPushConsumer", group);
        Reflected from = Reflected.ofClass("org.apache.rocketmq.common.consumer.ConsumeFromWhere");
        consumer.call("setConsumeFromWhere", from.call("valueOf", "CONSUME_FROM_FIRST_OFFSET"));
        return consumer;
    }

    /** A producer or consumer of that class that is not started yet. */
    private Reflected create(String className, String group) throws Exception {
        Reflected client = user == null
                ? Reflected.create(className, group)
                : Reflected.create(className, group, signing().target());
        client.call("setNamesrvAddr", nameServers);
        client.call("setInstanceName", group);
        return client;
    }

    private Reflected signing() throws Exception {
        Reflected pair = Reflected.create("org.apache.rocketmq.acl.common.SessionCredentials", user, password);
        return Reflected.create("org.apache.rocketmq.acl.common.AclClientRPCHook", pair.target());
    }
}
