package io.mqproducer;

import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.message.Outcome;
import io.mqproducer.test.peer.FakeCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F02: how name servers may be written, and how not. */
class NameServerAddressesIT {

    @ParameterizedTest
    @CsvSource({
        "a:b:c, a:b:c",
        "good:9876;a:0, a:0",
        "'a:70000,good:9876', a:70000",
        "a, a",
        "a:, a:",
        ":9876, :9876",
        "::1:9876, ::1:9876",
        "a:-1, a:-1",
        "https://a:9876, https://a:9876",
        "http://a:9876/nsaddr, a:9876/nsaddr",
        "http://a, a"
    })
    void f02_anAddressThatCannotBeIsNamedWhenTheProducerIsBuilt(String addresses, String entry) {
        MQProducerBuilder builder = MQProducer.builder("PG").nameServers(addresses);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name-servers: ")
                .hasMessageContaining("'" + entry + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", " , ; "})
    void f02_noAddressAtAllIsRefusedWhenTheProducerIsBuilt(String blank) {
        MQProducerBuilder builder = MQProducer.builder("PG").nameServers(blank);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name-servers: ");
    }

    @Test
    void f01_theCauseIsStillToldWhenTheTimeIsOverBeforeTheNextConnect() {
        try (FakeCluster cluster = FakeCluster.start(1)) {
            cluster.nameServer().stopListening();
            try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
                SendVia.SYNC.failure(put.producer(), message(), within(300));

                for (int i = 0; i < 10; i++) {
                    assertThat(SendVia.SYNC.failure(put.producer(), message(), within(20)))
                            .hasMessageContaining(cluster.nameServers() + ": refused");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://%s", "%s;http://%s", " %s , %s ;", "http://%s,%s"})
    void e3_anAddressMayBeWrittenAsRocketMQsClientsAllowIt(String form) {
        try (FakeCluster cluster = FakeCluster.start(1);
                ProducerUnderTest put = ProducerUnderTest.start(form.replace("%s", cluster.nameServers()))) {
            put.producer().send(message(), within(2000));

            assertThat(put.producer().status().nameServers())
                    .extracting(ProducerStatus.NameServer::address)
                    .containsExactly(cluster.nameServers());
        }
    }

    @Test
    void f02_theSameAddressTwiceCountsOnce() {
        try (FakeCluster cluster = FakeCluster.start(1);
                ProducerUnderTest put =
                        ProducerUnderTest.start(cluster.nameServers() + "; " + cluster.nameServers() + ",")) {
            assertThat(put.producer().status().nameServers())
                    .extracting(ProducerStatus.NameServer::address)
                    .containsExactly(cluster.nameServers());
        }
    }

    @Test
    void f02_anIpv6NameServerWorks() throws IOException {
        try (FakeCluster cluster = FakeCluster.start(1);
                Door door = new Door(
                        new InetSocketAddress(InetAddress.getByName("::1"), 0),
                        cluster.nameServer().port());
                ProducerUnderTest put = ProducerUnderTest.start("[::1]:" + door.port())) {
            put.producer().send(message(), within(2000));

            assertThat(put.count(Outcome.ACKED)).isEqualTo(1);
            assertThat(door.accepted()).isEqualTo(1);
            assertThat(put.producer().status().nameServers())
                    .extracting(ProducerStatus.NameServer::address)
                    .containsExactly("[::1]:" + door.port());
        }
    }
}
