package io.mqproducer.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.test.junit.RocketMQExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to the servers when they are killed, frozen and started again. */
class ServerFailuresIT {

    @RegisterExtension
    static final RocketMQExtension rocketMQ =
            RocketMQExtension.of(EmbeddedRocketMQ.builder().brokers(2).nameServers(2));

    @AfterEach
    void startAgainWhatIsGone() {
        cluster().nameServers().stream().filter(server -> !server.isServing()).forEach(EmbeddedServer::restart);
        cluster().brokers().stream().filter(server -> !server.isServing()).forEach(EmbeddedServer::restart);
    }

    @Test
    void spreadsATopicOverBothBrokers() {
        cluster().createTopic("spread", 2);

        send("spread", 8);

        assertThat(cluster().messages("spread"))
                .extracting(StoredMessage::brokerName)
                .containsOnly("broker-a", "broker-b");
    }

    @Test
    void keepsMessagesOverKillAndRestart() {
        cluster().createTopic("kept", 2);
        Set<String> sent = send("kept", 16);
        EmbeddedBroker broker = cluster().broker("broker-a");
        int port = broker.port();
        long pid = broker.pid();

        broker.kill();
        assertThat(broker.isAlive()).isFalse();
        broker.restart();

        assertThat(broker.port()).isEqualTo(port);
        assertThat(broker.pid()).isNotEqualTo(pid);
        assertThat(cluster().messages("kept"))
                .extracting(StoredMessage::msgId)
                .containsExactlyInAnyOrderElementsOf(sent);
        assertThat(send("kept", 8)).hasSize(8);
    }

    @Test
    void readsWhatIsReadableOnlyWhenAskedTo() {
        cluster().createTopic("half-readable", 2);
        send("half-readable", 8);

        cluster().broker("broker-b").kill();

        assertThatThrownBy(() -> cluster().messages("half-readable"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broker-b");
        assertThat(cluster().messagesOfServingBrokers("half-readable"))
                .hasSize(4)
                .extracting(StoredMessage::brokerName)
                .containsOnly("broker-a");
    }

    @Test
    void answersNothingWhileFrozenAndGoesOnAfterwards() throws Exception {
        EmbeddedBroker broker = cluster().broker("broker-b");
        broker.createTopic("frozen", 1);

        broker.freeze();
        CompletableFuture<Set<String>> sending = CompletableFuture.supplyAsync(() -> send("frozen", 1));
        assertThatThrownBy(() -> sending.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(broker.isAlive()).isTrue();
        assertThat(broker.isServing()).isFalse();
        broker.unfreeze();

        assertThat(sending.get(10, TimeUnit.SECONDS)).hasSize(1);
        assertThat(cluster().messages("frozen")).hasSize(1);
    }

    @Test
    void canBeKilledWhileFrozen() {
        EmbeddedBroker broker = cluster().broker("broker-a");

        broker.freeze();
        broker.kill();

        assertThat(broker.isAlive()).isFalse();
    }

    @Test
    void saysThatItsPortIsTaken() throws IOException {
        EmbeddedBroker broker = cluster().broker("broker-a");
        broker.kill();

        try (ServerSocket other = new ServerSocket(broker.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            assertThatThrownBy(broker::restart).hasMessageContaining("Failed to bind to " + broker.address());
        }

        assertThat(broker.isAlive()).isFalse();
    }

    @Test
    void knowsAllBrokersAfterANameServerHasRestarted() {
        cluster().createTopic("known", 2);
        cluster().nameServers().forEach(EmbeddedServer::kill);

        cluster().nameServers().get(1).restart();

        send("known", 8);
        assertThat(cluster().messages("known"))
                .hasSize(8)
                .extracting(StoredMessage::brokerName)
                .containsOnly("broker-a", "broker-b");
    }

    @Test
    void startsABrokerWithoutNameServersAndRegistersItWhenOneComes() {
        cluster().createTopic("lonely", 2);
        cluster().nameServers().forEach(EmbeddedServer::kill);

        cluster().broker("broker-a").restart();
        cluster().nameServers().get(0).restart();

        send("lonely", 8);
        assertThat(cluster().messages("lonely")).hasSize(8);
    }

    @Test
    void makesTopicsAtBothNameServers() {
        List<EmbeddedNameServer> nameServers = cluster().nameServers();

        cluster().createTopic("at-both", 1);

        assertThat(nameServers).allSatisfy(nameServer -> {
            try (OfficialClient client = OfficialClient.connect(nameServer.address())) {
                assertThat(client.send("at-both", new byte[1])).isNotEmpty();
            }
        });
    }

    private static Set<String> send(String topic, int number) {
        Set<String> sent = new HashSet<>();
        for (int i = 0; i < number; i++) {
            sent.add(send(topic));
        }
        return sent;
    }

    /** The official client asks one name server per call; when that one is dead, its next call asks another. */
    private static String send(String topic) {
        try {
            return cluster().client().send(topic, new byte[16]);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("RemotingConnectException");
            return cluster().client().send(topic, new byte[16]);
        }
    }

    private static EmbeddedRocketMQ cluster() {
        return rocketMQ.cluster();
    }
}
