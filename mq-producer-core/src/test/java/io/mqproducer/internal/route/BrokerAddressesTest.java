package io.mqproducer.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.spi.BrokerAddressMapper;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressesTest {

    @Test
    void areThoseThatTheNameServerTellsIfNothingElseIsWanted() {
        assertThat(BrokerAddresses.AS_TOLD.of("a", "10.0.0.1:10911")).isEqualTo(endpoint("10.0.0.1:10911"));
        assertThat(BrokerAddresses.AS_TOLD.threads()).isNull();
    }

    @Test
    void areMappedOneByOneThenByTheApplication() {
        BrokerAddresses addresses = addresses(
                false,
                Map.of("10.0.0.1:10911", "localhost:20911"),
                (broker, address) -> broker.equals("a") ? address.replace("localhost", "docker-host") : address);

        assertThat(addresses.of("a", "10.0.0.1:10911")).isEqualTo(endpoint("docker-host:20911"));
        assertThat(addresses.of("b", "10.0.0.1:10911")).isEqualTo(endpoint("localhost:20911"));
        assertThat(addresses.of("b", "10.0.0.2:10911")).isEqualTo(endpoint("10.0.0.2:10911"));
        assertThat(addresses.threads()).isNotNull();
    }

    @Test
    void ofTheVipChannelHaveThePortMinusTwoAndAreMappedAfterwards() {
        BrokerAddresses addresses =
                addresses(true, Map.of("10.0.0.1:10909", "localhost:30909"), BrokerAddressMapper.NONE);

        assertThat(addresses.of("a", "10.0.0.2:10911")).isEqualTo(endpoint("10.0.0.2:10909"));
        assertThat(addresses.of("a", "10.0.0.1:10911")).isEqualTo(endpoint("localhost:30909"));
        assertThat(addresses.of("a", "h:3")).isEqualTo(endpoint("h:1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ofTheVipChannelNeedAPortFromThree(int port) {
        assertThatThrownBy(() ->
                        addresses(true, Map.of(), BrokerAddressMapper.NONE).of("a", "h:" + port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vip-channel-enabled needs a port of at least 3, got h:" + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254:80", "0.0.0.0:10911", "[::]:10911", "224.0.0.1:10911", "[ff02::1]:10911"})
    void s12_areNotWhereNoBrokerIs(String address) {
        assertThatThrownBy(() -> BrokerAddresses.AS_TOLD.of("a", address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address must not be link-local, multicast or 0.0.0.0, got " + address);
    }

    @Test
    void s12_mayBeAnywhereThatTheApplicationSays() {
        BrokerAddresses addresses =
                addresses(false, Map.of("10.0.0.1:10911", "169.254.1.1:10911"), BrokerAddressMapper.NONE);

        assertThat(addresses.of("a", "10.0.0.1:10911")).isEqualTo(endpoint("169.254.1.1:10911"));
    }

    @Test
    void s12_thatAreMeantAsAnotherMayBeToldAsAnything() {
        BrokerAddresses addresses =
                addresses(false, Map.of("0.0.0.0:10911", "localhost:10911"), BrokerAddressMapper.NONE);

        assertThat(addresses.of("a", "0.0.0.0:10911")).isEqualTo(endpoint("localhost:10911"));
    }

    @Test
    void areNoneIfTheApplicationMakesNoneOfThem() {
        for (String nonsense : new String[] {null, "", "nowhere", "h:0"}) {
            assertThatThrownBy(() -> addresses(false, Map.of(), (broker, address) -> nonsense)
                            .of("a", "h:1"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("broker address mapper fails at h:1: ");
        }
        assertThatThrownBy(() -> addresses(false, Map.of(), (broker, address) -> {
                            throw new IllegalStateException("a\nb");
                        })
                        .of("a", "h:1"))
                .hasMessage("broker address mapper fails at h:1: java.lang.IllegalStateException: a\\u000ab");
    }

    private static BrokerAddresses addresses(boolean vip, Map<String, String> mapping, BrokerAddressMapper mapper) {
        Map<Endpoint, Endpoint> endpoints = mapping.entrySet().stream()
                .collect(Collectors.toMap(each -> endpoint(each.getKey()), each -> endpoint(each.getValue())));
        return new BrokerAddresses(vip, endpoints, mapper, Runnable::run);
    }

    private static Endpoint endpoint(String address) {
        return Endpoint.parse(address);
    }
}
