package io.mqproducer.test.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.test.peer.RawClient;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.Frame;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScriptedPeer peer = ScriptedPeer.start();
    private final TcpProxy proxy = TcpProxy.start(peer.port());
    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        client = new RawClient(proxy.port());
        assertThat(ask(0).code()).isZero();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        peer.close();
    }

    private Frame ask(int opaque) throws IOException {
        return client.ask(Frame.request(35, opaque));
    }

    @Test
    void passesLargeBodiesUnchanged() throws IOException {
        byte[] body = new byte[4 * 1024 * 1024];
        body[body.length - 1] = 1;
        peer.on(1, request -> Reply.success().body(request.body()));

        Frame answer = client.ask(Frame.request(1, 1).withBody(body));

        assertThat(answer.body()).isEqualTo(body);
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void delaysEachDirectionByItsLatency() throws IOException {
        proxy.upstream().latency(Duration.ofMillis(40));
        proxy.downstream().latency(Duration.ofMillis(40), Duration.ofMillis(10));
        long start = System.nanoTime();

        ask(1);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void passesWhatWaitsWhenToxicsAreCleared() throws IOException {
        proxy.upstream().latency(Duration.ofHours(1));
        client.send(Frame.request(35, 1));
        client.setTimeout(100);
        assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);

        proxy.clear();

        client.setTimeout(5_000);
        assertThat(client.receive().opaque()).isEqualTo(1);
    }

    @Test
    void f25_limitsTheBandwidth() throws IOException {
        proxy.upstream().bandwidth(100_000);
        long start = System.nanoTime();

        client.ask(Frame.request(35, 1).withBody(new byte[20_000]));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void f29_slices() throws IOException {
        proxy.downstream().slicer(1, Duration.ZERO);

        assertThat(ask(1).opaque()).isEqualTo(1);
    }

    @Test
    void f24_freezesWithoutLosingAnything() throws IOException {
        proxy.freeze();
        client.setTimeout(100);

        assertThatThrownBy(() -> ask(1)).isInstanceOf(SocketTimeoutException.class);

        client.setTimeout(5_000);
        proxy.unfreeze();
        assertThat(client.receive().opaque()).isEqualTo(1);
    }

    @Test
    void f19_swallowsEvenTheEndOfAConnection() throws IOException {
        proxy.swallow();
        client.send(Frame.request(35, 1));
        client.setTimeout(100);

        assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
        client.close();

        assertThat(peer.requests()).hasSize(1);
        assertThat(peer.connections().open()).isEqualTo(1);
    }

    @Test
    void f22_cutsAfterSoManyBytes() throws IOException {
        proxy.downstream().limitData(10);
        client.send(Frame.request(35, 1));

        assertThat(client.receive(10)).hasSize(10);
        assertThat(client.read()).isEqualTo(-1);
        peer.awaitOpenConnections(0, PATIENCE);
    }

    @Test
    void resetsAllConnectionsOnBothSides() {
        proxy.reset();

        assertThatThrownBy(client::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        peer.awaitOpenConnections(0, PATIENCE);
        assertThat(proxy.connections()).isZero();
    }

    @Test
    void closesAllConnections() throws IOException {
        proxy.closeConnections();

        assertThat(client.read()).isEqualTo(-1);
        peer.awaitOpenConnections(0, PATIENCE);
    }

    @Test
    void passesOnTheEndOfEitherSide() throws IOException {
        peer.closeConnections();

        assertThat(client.read()).isEqualTo(-1);
    }

    @Test
    void refusesUntilItAcceptsAgain() throws IOException {
        proxy.refuse();

        assertThatThrownBy(() -> new RawClient(proxy.port())).isInstanceOf(ConnectException.class);
        assertThat(ask(1).code()).isZero();
        proxy.acceptAgain();
        try (RawClient second = new RawClient(proxy.port())) {
            assertThat(second.ask(Frame.request(35, 2)).code()).isZero();
        }
        assertThat(proxy.acceptedConnections()).isEqualTo(2);
    }

    @Test
    void leavesNoThread() throws IOException {
        TcpProxy other = TcpProxy.start(peer.port());
        String threads = "scripted-peer-proxy-" + other.port() + "-";
        try (RawClient second = new RawClient(other.port())) {
            second.ask(Frame.request(35, 1));
            other.upstream().freeze();
            assertThat(threadsNamed(threads)).hasSize(4);

            other.close();
        }

        assertThat(threadsNamed(threads)).isEmpty();
    }

    @Test
    void f06_blackholedPortAnswersNoConnect() {
        try (BlackholedPort port = BlackholedPort.open();
                Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port());

            assertThatThrownBy(() -> socket.connect(address, 500)).isInstanceOf(SocketTimeoutException.class);
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
