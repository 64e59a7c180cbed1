package io.mqproducer.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Clusters with ACL and TLS, and one that makes no topics by itself. */
class SecuredRocketMQIT {

    @Test
    void servesThoseWhoKnowThePasswordOnly() {
        try (EmbeddedRocketMQ rocketMQ =
                EmbeddedRocketMQ.builder().acl("admin", "admin12345678").start()) {
            rocketMQ.createTopic("guarded", 1);
            rocketMQ.client().send("guarded", new byte[1]);
            rocketMQ.broker("broker-a").restart();

            assertThat(rocketMQ.messages("guarded")).hasSize(1);
            try (OfficialClient stranger = OfficialClient.connect(rocketMQ.nameServerAddresses())) {
                assertThatThrownBy(() -> stranger.send("guarded", new byte[1]))
                        .hasMessageContaining("RocketMQ's client");
                assertThatThrownBy(() -> stranger.messages("guarded")).hasMessageContaining("RocketMQ's client");
            }
        }
    }

    @Test
    void servesTlsOnlyWhenEnforcing() {
        try (EmbeddedRocketMQ rocketMQ =
                EmbeddedRocketMQ.builder().tls(TlsMode.ENFORCING).start()) {
            rocketMQ.client().send("encrypted", new byte[1]);

            assertThat(rocketMQ.messages("encrypted")).hasSize(1);
            try (OfficialClient plain = OfficialClient.connect(rocketMQ.nameServerAddresses())) {
                assertThatThrownBy(() -> plain.messages("encrypted")).hasMessageContaining("RocketMQ's client");
            }
        }
    }

    @Test
    void servesBothWhenPermissive() {
        try (EmbeddedRocketMQ rocketMQ =
                EmbeddedRocketMQ.builder().tls(TlsMode.PERMISSIVE).start()) {
            rocketMQ.client().send("either", new byte[1]);

            assertThat(rocketMQ.messages("either")).hasSize(1);
        }
    }

    @Test
    void makesNoTopicByItselfWhenToldSo() {
        try (EmbeddedRocketMQ rocketMQ =
                EmbeddedRocketMQ.builder().autoCreateTopics(false).start()) {
            assertThatThrownBy(() -> rocketMQ.client().send("unknown", new byte[1]))
                    .hasMessageContaining("No route info");
            rocketMQ.createTopic("known", 1);

            rocketMQ.client().send("known", new byte[1]);

            assertThat(rocketMQ.messages("known")).hasSize(1);
        }
    }
}
