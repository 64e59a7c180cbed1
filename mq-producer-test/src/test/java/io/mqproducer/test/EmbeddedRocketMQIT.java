package io.mqproducer.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cluster that test classes share. */
class EmbeddedRocketMQIT {

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void showsEverythingOfAMessageThatIsStored() {
        byte[] body = "paid".getBytes(StandardCharsets.UTF_8);

        String msgId = rocketMQ.cluster().client().send("orders", "paid", "o-1 o-2", Map.of("tenant", "a"), body);

        assertThat(rocketMQ.cluster().messages("orders")).singleElement().satisfies(stored -> {
            assertThat(stored.topic()).isEqualTo("orders");
            assertThat(stored.brokerName()).isEqualTo("broker-a");
            assertThat(stored.msgId()).isEqualTo(msgId);
            assertThat(stored.offsetMsgId()).hasSize(32).isNotEqualTo(msgId);
            assertThat(stored.tags()).isEqualTo("paid");
            assertThat(stored.keys()).isEqualTo("o-1 o-2");
            assertThat(stored.properties()).containsEntry("tenant", "a");
            assertThat(stored.body()).isEqualTo(body);
        });
    }

    @Test
    void holdsNothingOfATopicThatDoesNotExist() {
        assertThat(rocketMQ.cluster().messages("never-used")).isEmpty();
    }
}
