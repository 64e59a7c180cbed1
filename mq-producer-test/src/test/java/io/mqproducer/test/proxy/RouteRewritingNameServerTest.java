package io.mqproducer.test.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.RawClient;
import io.mqproducer.test.peer.codec.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class RouteRewritingNameServerTest {

    @Test
    void replacesBrokersAddressesInRoutes() throws IOException {
        try (FakeCluster cluster = FakeCluster.start(2);
                RouteRewritingNameServer names = front(cluster);
                RawClient client = new RawClient(names.peer().port())) {
            names.replace(cluster.broker(0).address(), "a.much.longer.name.than.before:1");

            Frame answer = client.ask(Frame.request(105, 5).withField("topic", "T"));

            assertThat(answer.opaque()).isEqualTo(5);
            assertThat(answer.body())
                    .asString(UTF_8)
                    .contains(
                            "\"a.much.longer.name.than.before:1\"",
                            cluster.broker(1).address())
                    .doesNotContain(cluster.broker(0).address());
        }
    }

    @Test
    void connectsAgainWhenTheRealNameServerHasRestarted() throws IOException {
        try (FakeCluster cluster = FakeCluster.start(1);
                RouteRewritingNameServer names = front(cluster);
                RawClient client = new RawClient(names.peer().port())) {
            client.ask(Frame.request(105, 1).withField("topic", "T"));
            cluster.nameServer().crash();
            cluster.nameServer().listenAgain();

            assertThat(client.ask(Frame.request(105, 2).withField("topic", "T")).code())
                    .isZero();

            cluster.nameServer().crash();
            client.send(Frame.request(105, 3));
            assertThatThrownBy(client::read).isInstanceOf(IOException.class);
        }
    }

    private static RouteRewritingNameServer front(FakeCluster cluster) {
        int port = cluster.nameServer().port();
        return RouteRewritingNameServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
}
