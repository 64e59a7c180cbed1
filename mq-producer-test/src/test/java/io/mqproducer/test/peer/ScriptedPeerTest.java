package io.mqproducer.test.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.RouteJson;
import io.mqproducer.test.peer.codec.Serialization;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptedPeerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScriptedPeer peer = ScriptedPeer.start();
    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        client = new RawClient(peer.port());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        peer.close();
    }

    @Test
    void recordsAndAnswersRequestsInBothHeaderForms() throws IOException {
        peer.on(105, request -> Reply.route(RouteJson.of("broker-a", "h:1", 4)));
        Frame request = Frame.request(105, 8).withField("topic", "T");

        Frame toJson = client.ask(request);
        Frame toBinary = client.ask(request.as(Serialization.ROCKETMQ).withOpaque(9));

        assertThat(toJson.opaque()).isEqualTo(8);
        assertThat(toBinary.opaque()).isEqualTo(9);
        assertThat(toBinary.serialization()).isEqualTo(Serialization.JSON);
        assertThat(toBinary.isResponse()).isTrue();
        assertThat(toBinary.body()).asString(UTF_8).contains("\"h:1\"");
        assertThat(peer.requests(105))
                .extracting(Request::serialization)
                .containsExactly(Serialization.JSON, Serialization.ROCKETMQ);
        assertThat(peer.requests()).allSatisfy(r -> assertThat(r.field("topic")).isEqualTo("T"));
        assertThat(peer.receivedBytes()).startsWith(request.bytes());
    }

    @Test
    void acceptsHeartbeatsAndRefusesWhatItDoesNotKnow() throws IOException {
        assertThat(client.ask(Frame.request(34, 1)).code()).isZero();
        assertThat(client.ask(Frame.request(35, 2)).code()).isZero();
        assertThat(client.ask(Frame.request(4711, 3)).code()).isEqualTo(3);
    }

    @Test
    void answersInSequenceAndRepeatsTheLast() throws IOException {
        peer.on(310, Script.sequence(Reply.code(2, "[REJECTREQUEST]"), request -> Reply.sendOk(1, 5)));

        assertThat(client.ask(Frame.request(310, 1)).header().remark()).isEqualTo("[REJECTREQUEST]");
        assertThat(client.ask(Frame.request(310, 2)).fields()).containsEntry("queueOffset", "5");
        assertThat(client.ask(Frame.request(310, 3)).code()).isZero();
    }

    @Test
    void repliesTwiceWithWrongOpaqueAsRequestAndInBinary() throws IOException {
        peer.on(1, Reply.success("a", "b").withOpaque(99).asRequest().binary().twice());

        Frame first = client.ask(Frame.request(1, 1));
        Frame second = client.receive();

        assertThat(first.bytes()).isEqualTo(second.bytes());
        assertThat(first.opaque()).isEqualTo(99);
        assertThat(first.isResponse()).isFalse();
        assertThat(first.serialization()).isEqualTo(Serialization.ROCKETMQ);
    }

    @Test
    void answersLateAndNotAtAll() throws IOException {
        peer.on(1, Reply.never()).on(2, Reply.success().after(Duration.ofMillis(50)));
        client.send(Frame.request(1, 1));
        long start = System.nanoTime();

        Frame answer = client.ask(Frame.request(2, 2));

        assertThat(answer.opaque()).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void f33_answersOnTheConnectionOfAnotherPeer() throws IOException {
        try (ScriptedPeer other = ScriptedPeer.start();
                RawClient otherClient = new RawClient(other.port())) {
            other.awaitOpenConnections(1, PATIENCE);
            peer.on(1, Reply.success().onConnectionOf(other));

            client.send(Frame.request(1, 7));

            assertThat(otherClient.receive().opaque()).isEqualTo(7);
        }
    }

    @Test
    void f36_overwritesTheFrameLength() throws IOException {
        peer.on(1, Reply.success().wireInt(0, -5).truncated(6));

        client.send(Frame.request(1, 1));

        assertThat(client.receive(6)).asHexString().isEqualTo("FFFFFFFB0000");
    }

    @Test
    void f40_sendsAnyHeader() throws IOException {
        peer.on(
                1,
                request -> Reply.header(0, ("{\"opaque\":" + request.opaque() + ",\"@type\":\"x\"}").getBytes(UTF_8)));

        assertThat(client.ask(Frame.request(1, 77)).opaque()).isEqualTo(77);
    }

    @Test
    void f22_resetsInTheMiddleOfAFrame() throws IOException {
        peer.on(1, Reply.success().truncated(10).thenReset());

        client.send(Frame.request(1, 1));

        assertThatThrownBy(() -> client.receive(11))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void f23_closesInsteadOfAnswering() throws IOException {
        peer.on(1, Reply.close());

        client.send(Frame.request(1, 1));

        assertThat(client.read()).isEqualTo(-1);
        peer.awaitOpenConnections(0, PATIENCE);
    }

    @Test
    void f07_dripsAnAnswer() throws IOException {
        peer.on(1, Reply.success().inSlices(1, Duration.ofMillis(1)));

        assertThat(client.ask(Frame.request(1, 1)).code()).isZero();
    }

    @Test
    void recordsBytesThatAreNoFrame() throws IOException {
        client.send("GET / HTTP/1.1".getBytes(UTF_8));
        client.close();

        peer.awaitAcceptedConnections(1, PATIENCE);
        peer.awaitOpenConnections(0, PATIENCE);
        assertThat(peer.receivedBytes()).asString(UTF_8).isEqualTo("GET / HTTP/1.1");
        assertThat(peer.requests()).isEmpty();
    }

    @Test
    void doesNotAnswerOnewayRequestsUnlessToldSo() throws IOException {
        peer.on(1, Reply.success()).on(2, Reply.success().evenToOneway());
        client.send(Frame.request(1, 1).withFlag(2));

        assertThat(client.ask(Frame.request(2, 2).withFlag(2)).opaque()).isEqualTo(2);
    }

    @Test
    void f34_releasesHeldRequestsInAnyOrder() throws IOException {
        peer.on(310, Reply.success());
        Hold hold = peer.hold(310);
        for (int opaque : new int[] {1, 2, 3, 4}) {
            client.send(Frame.request(310, opaque));
        }
        hold.await(4, PATIENCE);

        hold.release(1);
        hold.releaseReversed();

        assertThat(List.of(
                        client.receive().opaque(),
                        client.receive().opaque(),
                        client.receive().opaque(),
                        client.receive().opaque()))
                .containsExactly(2, 4, 3, 1);
    }

    @Test
    void f29_releasesAThousandAnswersInOneWrite() throws IOException {
        Hold hold = peer.hold(35);
        for (int i = 0; i < 1_000; i++) {
            client.send(Frame.request(35, i));
        }
        hold.await(1_000, PATIENCE);

        hold.releaseInOneWrite();

        for (int i = 0; i < 1_000; i++) {
            assertThat(client.receive().opaque()).isEqualTo(i);
        }
    }

    @Test
    void answersAsBeforeWhenAHoldHasEnded() throws IOException {
        Hold hold = peer.hold(35);
        client.send(Frame.request(35, 1));
        hold.await(1, PATIENCE);

        hold.end();

        assertThat(client.receive().opaque()).isEqualTo(1);
        assertThat(client.ask(Frame.request(35, 2)).opaque()).isEqualTo(2);
        assertThat(hold.requests()).isEmpty();
    }

    @Test
    void pushesRequestsAndAwaitsTheClientsAnswer() throws Exception {
        peer.awaitOpenConnections(1, PATIENCE);
        var answer = peer.push(326, Map.of("topic", "T"), "reply".getBytes(UTF_8));
        Frame pushed = client.receive();

        client.send(Frame.response(0, pushed.opaque()).withRemark("got it"));

        assertThat(pushed.code()).isEqualTo(326);
        assertThat(pushed.body()).asString(UTF_8).isEqualTo("reply");
        assertThat(answer.get(5, SECONDS).remark()).isEqualTo("got it");
        assertThat(peer.answers()).hasSize(1);
        assertThat(peer.requests()).isEmpty();
    }

    @Test
    void saysWhatItHasWhenItWaitsInVain() throws IOException {
        client.ask(Frame.request(35, 1));

        assertThatThrownBy(() -> peer.awaitRequests(310, 1, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 requests 310")
                .hasMessageContaining("{35=1}");
    }

    @Test
    void throwsTheFailureOfAScriptWhenClosed() throws IOException {
        ScriptedPeer failing = ScriptedPeer.start();
        failing.on(1, request -> Reply.success("topic", request.field("topic")));
        try (RawClient other = new RawClient(failing.port())) {
            other.send(Frame.request(1, 1));
            failing.awaitRequests(1, 1, PATIENCE);
            other.ask(Frame.request(35, 2));
        }

        assertThatThrownBy(failing::close)
                .isInstanceOf(IllegalStateException.class)
                .cause()
                .hasMessageContaining("topic");
    }
}
