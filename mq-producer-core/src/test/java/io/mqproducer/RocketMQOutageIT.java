package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedBroker;
import io.mqproducer.test.EmbeddedNameServer;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.EmbeddedServer;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The only broker or name server that there is goes away, and comes back. */
@Tag("rocketmq")
class RocketMQOutageIT {

    private static final byte[] BODY = new byte[1024];
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGER_THAN_A_RESTART = Duration.ofSeconds(20);

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder());

    private final EmbeddedBroker broker = rocketMQ.cluster().broker("broker-a");
    private final EmbeddedNameServer nameServer =
            rocketMQ.cluster().nameServers().get(0);

    @AfterEach
    void startAgainWhatIsGone() {
        for (EmbeddedServer server : List.of(nameServer, broker)) {
            if (!server.isServing()) {
                server.restart();
            }
        }
    }

    @Test
    void f16_f17_i3_i4_i5_sendsOnWhenTheOnlyBrokerIsKilledUnderLoadAndComesBack() throws Exception {
        rocketMQ.cluster().createTopic("only-broker", 4);
        Ledger ledger = new Ledger(20_000);

        try (ProducerUnderTest put = start(ledger)) {
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> sendAll(put, ledger, "only-broker"));
            Eventually.await("load", LIMIT, () -> ledger.count(Outcome.ACKED) > 5_000);
            broker.kill();
            long killed = System.nanoTime();
            CompletableFuture<Void> restart = CompletableFuture.runAsync(broker::restart);
            Eventually.await("open port", LIMIT, this::brokerAccepts);
            long accepts = System.nanoTime();
            restart.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            load.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            ledger.awaitAll(LIMIT);

            long firstAck = ledger.entries()
                    .filter(entry -> entry.outcome().result().isPresent() && entry.end() - killed > 0)
                    .mapToLong(Ledger.Entry::end)
                    .filter(end -> end - accepts > 0)
                    .min()
                    .orElseThrow();
            System.out.printf(
                    "[kill -9 of the only broker] %s; port open %d ms after the kill, first ACK %d ms after that%n",
                    ledger.arithmetic(), millis(accepts - killed), millis(firstAck - accepts));
            assertThat(millis(firstAck - accepts)).isLessThanOrEqualTo(2_000);
        }

        ledger.assertEachEndedOnce();
        List<StoredMessage> stored = rocketMQ.cluster().summaries("only-broker");
        System.out.printf(
                "[kill -9 of the only broker] %d readable, of which %d are copies%n",
                stored.size(), Ledger.duplicates(stored));
        ledger.assertAgreesWith(stored);
        assertThat(ledger.count(Outcome.ACKED)).isEqualTo(ledger.size());
    }

    @Test
    void f18_tellsAtTheDeadlineThatAFrozenBrokerMayHaveStoredTheMessages() {
        rocketMQ.cluster().createTopic("frozen", 4);
        Ledger ledger = new Ledger(100);
        SendOptions oneSecond = SendOptions.defaults().withTimeout(Duration.ofSeconds(1));

        try (ProducerUnderTest put = start(ledger)) {
            put.producer().send(message("frozen-first"));
            broker.freeze();
            IntStream.range(0, ledger.size()).forEach(n -> ledger.send(put.producer(), n, "frozen", BODY, oneSecond));
            ledger.awaitAll(LIMIT);
            broker.unfreeze();
            Duration back = awaitOneAcked(put, "frozen-first");
            // Their late answers came on the same connection, and before that of the one just sent.
            System.out.printf(
                    "[frozen, the only broker] %s; ended %d to %d ms after the call; sends again after %d ms%n",
                    ledger.arithmetic(),
                    ledger.entries()
                            .mapToLong(entry -> millis(entry.end() - entry.start()))
                            .min()
                            .orElseThrow(),
                    ledger.entries()
                            .mapToLong(entry -> millis(entry.end() - entry.start()))
                            .max()
                            .orElseThrow(),
                    back.toMillis());
        }

        ledger.assertEachEndedOnce();
        assertThat(ledger.entries()).allSatisfy(entry -> {
            assertThat(entry.outcome().failure().orElseThrow())
                    .isInstanceOf(MessageMaybeStoredException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.TIMEOUT);
            assertThat(millis(entry.end() - entry.start())).isBetween(990L, 1_500L);
        });
        List<StoredMessage> stored = rocketMQ.cluster().summaries("frozen");
        assertThat(stored).as("stored late").isNotEmpty();
        ledger.assertAgreesWith(stored);
    }

    @Test
    void f03_sendsByTheKnownRouteWhileTheNameServerIsDeadAndFindsNewTopicsWhenItIsBack() {
        try (ProducerUnderTest put = ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(), b -> b.connectionRouteRefreshInterval(Duration.ofMillis(200)))) {
            put.producer().send(message("known"));
            nameServer.kill();
            Eventually.await(
                    "noticed",
                    LIMIT,
                    () -> put.producer()
                            .status()
                            .nameServers()
                            .get(0)
                            .lastFailure()
                            .isPresent());

            IntStream.range(0, 100).forEach(n -> put.producer().send(message("known")));
            assertThatThrownBy(() -> put.producer()
                            .send(message("unknown"), SendOptions.defaults().withTimeout(Duration.ofMillis(500))))
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageStartingWith("NAME_SERVER_UNAVAILABLE")
                    .hasMessageContaining(nameServer.address());
            nameServer.restart();
            awaitOneAcked(put, "new");

            assertThat(put.attempts()).allMatch(attempt -> attempt.kind().isEmpty());
        }

        assertThat(rocketMQ.cluster().messages("known")).hasSize(101);
        assertThat(rocketMQ.cluster().messages("unknown")).isEmpty();
        assertThat(rocketMQ.cluster().messages("new")).hasSize(1);
    }

    // ---- what they share

    private static ProducerUnderTest start(Ledger ledger) {
        return ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(), builder -> builder.hook(ledger).sendTimeout(LONGER_THAN_A_RESTART));
    }

    private static Message message(String topic) {
        return Message.of(topic, BODY);
    }

    private static void sendAll(ProducerUnderTest put, Ledger ledger, String topic) {
        for (int i = 0; i < ledger.size(); i++) {
            ledger.send(put.producer(), i, topic, BODY, SendOptions.defaults());
        }
    }

    private boolean brokerAccepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Duration awaitOneAcked(ProducerUnderTest put, String topic) {
        return Eventually.await("an acknowledgement", LIMIT, () -> {
            try {
                SendResult result = put.producer().send(message(topic));
                return result.status().outcome() == Outcome.ACKED;
            } catch (MessageNotStoredException e) {
                return false;
            }
        });
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
