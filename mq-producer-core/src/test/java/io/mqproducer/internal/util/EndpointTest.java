package io.mqproducer.internal.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "localhost:9876, localhost, 9876",
        "10.0.0.1:1, 10.0.0.1, 1",
        "broker_a-1.mq.svc:65535, broker_a-1.mq.svc, 65535",
        "[::1]:9876, ::1, 9876",
        "[fe80::1%eth0]:9876, fe80::1%eth0, 9876",
        "[::ffff:10.0.0.1]:9876, ::ffff:10.0.0.1, 9876",
    })
    void f02_readsHostAndPort(String address, String host, int port) {
        Endpoint endpoint = Endpoint.parse(address);

        assertThat(endpoint).isEqualTo(new Endpoint(host, port));
        assertThat(endpoint).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:b:c",
                "a:0",
                "a:70000",
                "a:65536",
                "a:-1",
                "a:+1",
                "a:1e3",
                "a:999999999999",
                "a:١",
                "a:",
                ":9876",
                "a",
                "::1",
                "::1:9876",
                "[::1]",
                "[]:9876",
                "[localhost]:9876",
                "[::1:9876",
                "[::g]:9876",
                "[::1%]:9876",
                "a%b:9876",
                "a b:9876",
                "-a:9876",
                "http://a:9876",
                "file:///etc/passwd:1",
                "user@host:9876",
                "host/path:9876",
                "host#x:1",
                "h\u00f6st:9876",
                "\u0430pple:9876",
                "a\r\nb:1",
                "a\u0000b:1",
                "a:1\n",
            })
    void f02_s12_refusesGarbageNamingIt(String address) {
        assertThatThrownBy(() -> Endpoint.parse(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("address ")
                .hasMessageEndingWith("got '" + PrintableText.of(address, 100) + "'");
    }

    @Test
    void s12_refusesHostsThatNoNameServerKnows() {
        assertThatThrownBy(() -> Endpoint.parse("a".repeat(256) + ":1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 255 characters")
                .hasMessageNotContaining("a".repeat(101));
    }

    @Test
    void f02_readsListsAsUsersWriteThem() {
        List<Endpoint> endpoints = Endpoint.parseList(List.of(" a:1 ; b:2,c:3;; ", "[::1]:4", "\ta:1\n"));

        assertThat(endpoints)
                .containsExactly(
                        new Endpoint("a", 1), new Endpoint("b", 2), new Endpoint("c", 3), new Endpoint("::1", 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", ",;, \n"})
    void f02_refusesListsWithoutAnAddress(String list) {
        assertThatThrownBy(() -> Endpoint.parseList(List.of(list)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("at least one address is needed, got '")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void f02_refusesEmptyLists() {
        assertThatThrownBy(() -> Endpoint.parseList(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void f02_namesTheEntryThatIsWrong() {
        assertThatThrownBy(() -> Endpoint.parseList(List.of("a:1;b:0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address must end in a port from 1 to 65535, got 'b:0'");
    }
}
