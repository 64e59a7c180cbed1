package io.mqproducer.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.test.junit.RocketMQExtension;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cluster that test classes share, and what can be read from it. */
class EmbeddedRocketMQIT {

    private static final int SOME_HUNDRED = 500;

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void showsEverythingOfAMessageThatIsStored() {
        byte[] body = "paid".getBytes(UTF_8);

        String msgId = client().send("orders", "paid", "o-1 o-2", Map.of("tenant", "a"), body);

        assertThat(cluster().messages("orders")).singleElement().satisfies(stored -> {
            assertThat(stored.topic()).isEqualTo("orders");
            assertThat(stored.brokerName()).isEqualTo("broker-a");
            assertThat(stored.queueId()).isBetween(0, 3);
            assertThat(stored.queueOffset()).isZero();
            assertThat(stored.msgId()).isEqualTo(msgId);
            assertThat(stored.offsetMsgId()).hasSize(32).isNotEqualTo(msgId);
            assertThat(stored.tags()).isEqualTo("paid");
            assertThat(stored.keys()).isEqualTo("o-1 o-2");
            assertThat(stored.properties()).containsEntry("tenant", "a").containsEntry("UNIQ_KEY", msgId);
            assertThat(stored.bornTimestamp()).isPositive().isLessThanOrEqualTo(stored.storeTimestamp());
            assertThat(stored.body()).isEqualTo(body);
        });
    }

    @Test
    void readsEveryMessageOnceFromQueueAfterQueue() {
        cluster().createTopic("many", 4);
        Set<String> sent = new HashSet<>();
        for (int i = 0; i < SOME_HUNDRED; i++) {
            sent.add(client().send("many", new byte[1024]));
        }

        List<StoredMessage> stored = cluster().messages("many");

        assertThat(stored)
                .hasSize(SOME_HUNDRED)
                .extracting(StoredMessage::msgId)
                .containsAll(sent);
        assertThat(stored).extracting(StoredMessage::queueId).isSorted().contains(0, 1, 2, 3);
    }

    @Test
    void handsOutTheBodyThatWasSentWhenTheProducerHasCompressedIt() {
        byte[] body = "ten bytes ".repeat(2_000).getBytes(UTF_8);

        client().send("compressed", body);

        assertThat(cluster().messages("compressed")).singleElement().satisfies(stored -> {
            assertThat(stored.sysFlag()).isNotZero();
            assertThat(stored.body()).isEqualTo(body);
        });
    }

    @Test
    void showsLengthAndChecksumInASummary() {
        byte[] body = "a body".getBytes(UTF_8);
        CRC32 checksum = new CRC32();
        checksum.update(body);

        client().send("summarised", body);

        assertThat(cluster().summaries("summarised")).singleElement().satisfies(stored -> {
            assertThat(stored.body()).isEmpty();
            assertThat(stored.bodyLength()).isEqualTo(body.length);
            assertThat(stored.bodyCrc32()).isEqualTo(checksum.getValue());
        });
    }

    @Test
    void readsATopicWithNamespaceByItsNameOnTheWire() {
        client().send("tenant%orders", new byte[1]);

        assertThat(cluster().messages("tenant%orders"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.topic()).isEqualTo("tenant%orders"));
    }

    @Test
    void letsADelayedMessageBeWaitedFor() {
        client().send("delayed", "", "", Map.of("DELAY", "1"), new byte[1]);

        List<StoredMessage> stored = cluster().messages("delayed");
        while (stored.isEmpty()) {
            stored = cluster().messages("delayed");
        }

        assertThat(stored.get(0).storeTimestamp() - stored.get(0).bornTimestamp())
                .isGreaterThanOrEqualTo(900);
    }

    @Test
    void holdsNothingOfATopicThatDoesNotExist() {
        assertThat(cluster().messages("never-used")).isEmpty();
    }

    @Test
    void makesATopicWithItsQueues() {
        cluster().createTopic("wide", 16);
        for (int i = 0; i < 32; i++) {
            client().send("wide", new byte[1]);
        }

        assertThat(cluster().messages("wide"))
                .extracting(StoredMessage::queueId)
                .contains(0, 15);
    }

    @Test
    void isReadByAClientOfNoClusterToo() {
        client().send("read-once", new byte[3]);

        assertThat(StoredMessages.read(rocketMQ.nameServerAddresses(), "read-once"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.body()).hasSize(3));
    }

    @Test
    void startsAnotherClientWhenAReadWasAbandoned() {
        client().send("abandoned", new byte[1]);
        assertThatThrownBy(() -> client().forEach("abandoned", List.of(), message -> {
                    throw new IllegalArgumentException("enough");
                }))
                .hasMessage("enough");

        assertThat(cluster().messages("abandoned")).hasSize(1);
    }

    private static EmbeddedRocketMQ cluster() {
        return rocketMQ.cluster();
    }

    private static OfficialClient client() {
        return cluster().client();
    }
}
