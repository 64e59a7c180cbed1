package io.mqproducer.test.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.test.peer.codec.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ports and connections of a scripted peer, and that none is left. */
class ScriptedPeerConnectionsTest {

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
    void f26_greetsEachConnectionWithAClose() throws IOException {
        peer.onConnect(Reply.close());

        try (RawClient second = new RawClient(peer.port())) {
            assertThat(second.read()).isEqualTo(-1);
        }

        assertThat(peer.connections().accepted()).isEqualTo(2);
    }

    @Test
    void f08_greetsWithBytesOfAnotherProtocol() throws IOException {
        peer.onConnect(Reply.raw("HTTP/1.1 400 Bad Request\r\n"));

        try (RawClient second = new RawClient(peer.port())) {
            assertThat(second.receive(8)).asString(UTF_8).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void refusesConnectsUntilItListensAgain() throws IOException {
        peer.crash();

        assertThatThrownBy(() -> new RawClient(peer.port())).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> client.receive(1)).isInstanceOfAny(SocketException.class, EOFException.class);
        peer.listenAgain();
        try (RawClient second = new RawClient(peer.port())) {
            assertThat(second.ask(Frame.request(35, 1)).code()).isZero();
        }
    }

    @Test
    void f24_stopsReadingUntilTheClientCannotWrite() throws Exception {
        peer.stopReading();
        Thread writing = new Thread(() -> {
            try {
                for (int i = 0; i < 64; i++) {
                    client.send(Frame.request(35, i).withBody(new byte[1024 * 1024]));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        writing.start();
        client.setTimeout(200);

        assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);

        assertThat(writing.isAlive()).isTrue();
        assertThat(peer.requests()).isEmpty();
        peer.resumeReading();
        peer.awaitRequests(35, 64, PATIENCE);
        writing.join();
    }

    @Test
    void leavesNoThreadAndNoOpenPort() throws IOException {
        ScriptedPeer other = ScriptedPeer.start();
        other.on(1, Reply.success().after(Duration.ofHours(1)));
        List<RawClient> clients =
                IntStream.range(0, 5).mapToObj(i -> connect(other)).toList();
        for (RawClient each : clients) {
            each.send(Frame.request(1, 1));
            each.ask(Frame.request(35, 2));
        }
        String threads = "scripted-peer-" + other.port() + "-";
        assertThat(threadsNamed(threads)).hasSize(11);

        other.close();
        other.close();

        assertThat(threadsNamed(threads)).isEmpty();
        assertThat(other.connections().open()).isZero();
        assertThatThrownBy(() -> new RawClient(other.port())).isInstanceOf(ConnectException.class);
        for (RawClient each : clients) {
            each.close();
        }
    }

    private static RawClient connect(ScriptedPeer other) {
        try {
            return new RawClient(other.port());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Thread> threadsNamed(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }
}
