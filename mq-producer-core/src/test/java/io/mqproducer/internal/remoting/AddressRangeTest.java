package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "10.128.0.0/9, 10.128.0.0, 10.127.255.255",
        "192.168.3.0/30, 192.168.3.3, 192.168.3.4",
        "192.168.3.7, 192.168.3.7, 192.168.3.6",
        "192.168.3.7/32, 192.168.3.7, 192.168.3.6",
        "0.0.0.0/0, 255.255.255.255, ::1",
        "::/0, ffff::, 10.0.0.1",
        "fd00::/8, fd12:3456::1, fe00::1",
        "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
        "::1, ::1, ::2"
    })
    void holdsTheAddressesThatBeginWithItsBits(String range, String inside, String outside)
            throws UnknownHostException {
        AddressRange read = AddressRange.parse(range);

        assertThat(read.contains(InetAddress.getByName(inside))).isTrue();
        assertThat(read.contains(InetAddress.getByName(outside))).isFalse();
        assertThat(read).hasToString(range);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.1/24",
                "fd00::1/8",
                "host",
                "10.0.0/8/8"
            })
    void refusesWhatIsNoneNamingIt(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("range must ")
                .hasMessageEndingWith("got '" + text + "'");
    }

    @Test
    void isEqualToTheSameRangeWrittenOtherwise() {
        assertThat(AddressRange.parse("10.0.0.7")).isEqualTo(AddressRange.parse("10.0.0.7/32"));
        assertThat(AddressRange.parse("fd00::/8")).isEqualTo(AddressRange.parse("fd00:0::/8"));
        assertThat(AddressRange.parse("10.0.0.0/8")).isNotEqualTo(AddressRange.parse("10.0.0.0/9"));
    }
}
