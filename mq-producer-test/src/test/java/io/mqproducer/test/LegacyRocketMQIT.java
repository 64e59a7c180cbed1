package io.mqproducer.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clusters of RocketMQ 4.9.7: what this library does with servers works with theirs too. */
class LegacyRocketMQIT {

    @Test
    void keepsItsMessagesOverRestarts() {
        long begin = System.nanoTime();
        try (EmbeddedRocketMQ rocketMQ = start().brokers(2).nameServers(2).start()) {
            System.out.printf(
                    "RocketMQ 4.9.7, two name servers and two brokers: start %d ms%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            rocketMQ.createTopic("kept", 1);
            rocketMQ.client().send("kept", "once".getBytes(StandardCharsets.UTF_8));
            rocketMQ.brokers().forEach(EmbeddedServer::restart);
            rocketMQ.nameServers().forEach(EmbeddedServer::restart);

            assertThat(rocketMQ.messages("kept"))
                    .singleElement()
                    .satisfies(stored -> assertThat(stored.body())
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo("once"));
        }
    }

    @Test
    void servesThoseWhoKnowThePasswordOnly() {
        try (EmbeddedRocketMQ rocketMQ =
                start().acl("administrator", "admin12345678").start()) {
            rocketMQ.createTopic("guarded", 1);
            rocketMQ.client().send("guarded", new byte[1]);

            assertThat(rocketMQ.messages("guarded")).hasSize(1);
            try (OfficialClient stranger = OfficialClient.connect(rocketMQ.nameServerAddresses())) {
                assertThatThrownBy(() -> stranger.send("guarded", new byte[1]))
                        .hasMessageContaining("RocketMQ's client");
            }
        }
    }

    @Test
    void refusesPropertiesThatItsBrokerDoesNotKnow() {
        assertThatThrownBy(() ->
                        start().brokerProperty("recallMessageEnable", "true").start())
                .hasMessageContaining("Unknown broker properties [recallMessageEnable]");
    }

    private static EmbeddedRocketMQBuilder start() {
        return EmbeddedRocketMQ.builder().version(RocketMQVersion.V4_9_7);
    }
}
