package io.mqproducer.test;

import java.io.IOException;
import java.nio.file.Path;

/** Starts a cluster in the folder given, freezes one broker, says so, and then waits for its end. */
final class ParentToBeKilled {

    static final String READY = "READY";

    /** Guard, name server, two brokers, client. */
    static final int CHILDREN = 5;

    private ParentToBeKilled() {}

    public static void main(String[] args) throws IOException {
        EmbeddedRocketMQ rocketMQ =
                EmbeddedRocketMQ.builder().brokers(2).folderIn(Path.of(args[0])).start();
        rocketMQ.client().send("any", new byte[1]);
        rocketMQ.broker("broker-b").freeze();
        System.out.println(READY);
        System.in.read();
    }
}
