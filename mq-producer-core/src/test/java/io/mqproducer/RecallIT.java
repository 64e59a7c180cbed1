package io.mqproducer;

import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.assertEndedAtDeadline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F85: recalls that must not be sent, and answers that say no or lie. */
class RecallIT {

    private static final int RECALL_MESSAGE = 370;
    private static final String MSG_ID = "0A0B0C0D0A0B0C0D0A0B0C0D0A0B0C0D";

    /** Of the official broker, for T, broker-a and the id UK. */
    private static final String GOLDEN = "djEgVCBicm9rZXItYSAxNzAwMDAwMDAwMDAxIFVL";

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer broker = cluster.broker(0);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void asksTheBrokerThatTheHandleNames() {
        cluster.broker(0).on(RECALL_MESSAGE, Reply.code(1, "wrong broker"));
        cluster.broker(1).on(RECALL_MESSAGE, Reply.success("msgId", MSG_ID));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            assertThat(put.producer().recall(TOPIC, handle("broker-b"))).isEqualTo(MSG_ID);
        }

        assertThat(cluster.broker(1).requests(RECALL_MESSAGE)).singleElement().satisfies(request -> {
            assertThat(request.fields())
                    .containsEntry("producerGroup", "PG")
                    .containsEntry("topic", TOPIC)
                    .containsEntry("recallHandle", handle("broker-b"))
                    .containsEntry("bname", "broker-b");
        });
        assertThat(broker.requests(RECALL_MESSAGE)).isEmpty();
    }

    @Test
    void readsTheHandleOfTheOfficialBroker() {
        broker.on(RECALL_MESSAGE, Reply.success("msgId", "UK"));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            assertThat(put.producer().recall(TOPIC, GOLDEN)).isEqualTo("UK");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no Base64",
                "djEgVCBicm9rZXItYSAxNzAwMDAwMDAwMDAxIFVLé",
                "_____w",
                "plain:v2 T broker-a 1700000000001 UK",
                "plain:v1 T broker-a 1700000000001",
                "plain:v1 T broker-a 1700000000001 UK more",
                "plain:v1 T  1700000000001 UK",
                "plain:v1 T broker-a -5 UK",
                "plain:v1 T broker-a 99999999999999999999 UK"
            })
    void f85_aCorruptHandleIsRefusedBeforeAnythingIsSent(String handle) {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            String text = handle.startsWith("plain:") ? encoded(handle.substring(6)) : handle;

            assertThatThrownBy(() -> put.producer().recall(TOPIC, text))
                    .isInstanceOf(RequestFailedException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.INVALID_MESSAGE)
                    .hasMessageContaining("recall handle must");
            assertThatThrownBy(() -> put.producer().recallAsync(TOPIC, text).join())
                    .hasCauseInstanceOf(RequestFailedException.class);
        }
        assertThat(broker.requests()).isEmpty();
    }

    @Test
    void f85_aHandleOfAnotherTopicIsRefusedBeforeAnythingIsSent() {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            assertThatThrownBy(() -> put.producer().recall("other", handle("broker-a")))
                    .hasFieldOrPropertyWithValue("kind", FailureKind.INVALID_MESSAGE)
                    .hasMessageContaining("recall handle must be of topic other, is of " + TOPIC);
        }
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.namespace("ns"))) {
            assertThatThrownBy(() -> put.producer().recall(TOPIC, handle("broker-a")))
                    .hasFieldOrPropertyWithValue("kind", FailureKind.INVALID_MESSAGE)
                    .hasMessageContaining("must be of topic ns%" + TOPIC);
        }
        assertThat(broker.requests()).isEmpty();
    }

    @Test
    void f85_aHandleOfABrokerThatIsGoneGoesToNoOther() {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            assertThatThrownBy(() -> put.producer().recall(TOPIC, handle("broker-z")))
                    .hasFieldOrPropertyWithValue("kind", FailureKind.NO_ROUTE)
                    .hasMessageContaining("broker-z");
        }
        assertThat(broker.requests(RECALL_MESSAGE)).isEmpty();
        assertThat(cluster.broker(1).requests(RECALL_MESSAGE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "16, recallMessageEnable=true",
        "604, the time of delivery is over",
        "17, the topic was deleted",
        "14, once the master serves",
        "11, once the master serves",
        "1, recalling it again does no harm",
        "3, which takes 5.3.2"
    })
    void f85_eachRefusalSaysWhatToDo(int code, String remedy) {
        broker.on(RECALL_MESSAGE, Reply.code(code, "because"));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            assertThatThrownBy(() -> put.producer().recall(TOPIC, handle("broker-a")))
                    .isInstanceOf(RequestFailedException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.BROKER_REJECTED)
                    .hasMessageContaining("broker-a@" + broker.address() + " answered " + code)
                    .hasMessageContaining("because; ")
                    .hasMessageContaining(remedy)
                    .satisfies(e -> assertThat(((RequestFailedException) e).responseCode())
                            .hasValue(code));
        }
        assertThat(broker.requests(RECALL_MESSAGE)).hasSize(1);
    }

    @Test
    void f85_anAnswerForAnotherMessageIsNoSuccess() {
        broker.on(RECALL_MESSAGE, Reply.success("msgId", "another"));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            assertThatThrownBy(() -> put.producer().recall(TOPIC, handle("broker-a")))
                    .hasFieldOrPropertyWithValue("kind", FailureKind.PROTOCOL)
                    .hasMessageContaining("recalled message another in place of " + MSG_ID);
            broker.on(RECALL_MESSAGE, Reply.success());
            assertThatThrownBy(() -> put.producer().recall(TOPIC, handle("broker-a")))
                    .hasFieldOrPropertyWithValue("kind", FailureKind.PROTOCOL)
                    .hasMessageContaining("field msgId is missing");
        }
    }

    @Test
    void endsAtItsDeadlineIfNoAnswerComes() {
        broker.on(RECALL_MESSAGE, Reply.never());

        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), b -> b.sendTimeout(Duration.ofMillis(500)))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> put.producer().recall(TOPIC, handle("broker-a")))
                    .hasFieldOrPropertyWithValue("kind", FailureKind.TIMEOUT)
                    .hasMessageContaining("broker-a@" + broker.address() + ": no answer in");
            assertEndedAtDeadline(start, 500);
        }
    }

    @Test
    void isPutAgainWhileItIsCertainThatNoBrokerHasIt() {
        broker.stopListening();
        cluster.route(TOPIC, RouteJson.of("broker-a", broker.address(), 1));
        broker.on(RECALL_MESSAGE, Reply.success("msgId", MSG_ID));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            CompletableFuture<String> recalled = put.producer().recallAsync(TOPIC, handle("broker-a"));
            Eventually.await(
                    "a failed connect",
                    Duration.ofSeconds(1),
                    () -> !cluster.nameServer().requests(Probe.GET_ROUTE).isEmpty());
            broker.listenAgain();

            assertThat(recalled.join()).isEqualTo(MSG_ID);
        }
    }

    @Test
    void completesOnTheCallbackExecutor() {
        broker.on(RECALL_MESSAGE, Reply.success("msgId", MSG_ID));
        AtomicReference<String> thread = new AtomicReference<>();
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            Hold hold = broker.hold(RECALL_MESSAGE);
            CompletableFuture<Void> seen = put.producer()
                    .recallAsync(TOPIC, handle("broker-a"))
                    .thenAccept(id -> thread.set(Thread.currentThread().getName()));
            hold.await(1, Duration.ofSeconds(2));
            hold.end();
            seen.join();
        }
        assertThat(thread.get()).contains("-callback-");
    }

    @Test
    void cancelledBeforeItIsWrittenItNeverIs() {
        Hold lookUps = cluster.nameServer().hold(Probe.GET_ROUTE);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            CompletableFuture<String> recalled = put.producer().recallAsync(TOPIC, handle("broker-a"));
            lookUps.await(2, Duration.ofSeconds(2)); // the first contact, and this one

            recalled.cancel(true);
            lookUps.end();

            assertThatThrownBy(recalled::join).isInstanceOf(CancellationException.class);
            put.producer().send(Probe.message()); // the route is there
        }
        assertThat(broker.requests(RECALL_MESSAGE)).isEmpty();
        assertThat(cluster.broker(1).requests(RECALL_MESSAGE)).isEmpty();
    }

    @Test
    void aClosedProducerRecallsNothing() {
        CompletableFuture<String> recalled;
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            broker.on(RECALL_MESSAGE, Reply.never());
            recalled = put.producer().recallAsync(TOPIC, handle("broker-a"));
            broker.awaitRequests(RECALL_MESSAGE, 1, Duration.ofSeconds(2));
            put.producer().close();

            assertThatThrownBy(recalled::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(RequestFailedException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.CLOSED);
            assertThatThrownBy(() -> put.producer().recall(TOPIC, handle("broker-a")))
                    .hasFieldOrPropertyWithValue("kind", FailureKind.CLOSED);
        }
    }

    private static String handle(String brokerName) {
        return encoded("v1 " + TOPIC + " " + brokerName + " 1700000000001 " + MSG_ID);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
