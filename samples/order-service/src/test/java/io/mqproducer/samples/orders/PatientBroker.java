package io.mqproducer.samples.orders;

import io.mqproducer.test.EmbeddedBroker;
import io.mqproducer.test.EmbeddedRocketMQ;

/** So that a loaded machine makes a test slow, and not fail: brokers throw away what waits for them for 200 ms. */
final class PatientBroker {

    private PatientBroker() {}

    /** Nobody would learn of a one-way message that is thrown away. */
    static void of(EmbeddedRocketMQ rocketMQ) {
        for (EmbeddedBroker broker : rocketMQ.brokers()) {
            rocketMQ.client()
                    .admin(
                            "updateBrokerConfig",
                            "-b",
                            broker.address(),
                            "-k",
                            "waitTimeMillsInSendQueue",
                            "-v",
                            "20000");
        }
    }
}
