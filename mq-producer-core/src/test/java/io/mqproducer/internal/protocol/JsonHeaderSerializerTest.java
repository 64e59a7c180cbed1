package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonHeaderSerializerTest {

    private static final String CODE_AND_OPAQUE = "\"code\":0,\"opaque\":1";

    @Test
    void readsTheLeastThatAPeerCanSay() {
        RemotingCommand read = readHeader("{\"code\":105,\"opaque\":77,\"extFields\":{\"topic\":\"T\"}}");

        assertThat(read.code()).isEqualTo(105);
        assertThat(read.opaque()).isEqualTo(77);
        assertThat(read.flag()).isZero();
        assertThat(read.version()).isZero();
        assertThat(read.string("topic")).isEqualTo("T");
    }

    @Test
    void takesFieldsThatAreNotStringsByTheirText() {
        RemotingCommand read = readWith("\"extFields\":{\"i\":5,\"l\":9223372036854775807,\"b\":true,\"d\":1.50,"
                + "\"n\":null,\"o\":{\"x\":[1]},\"a\":[{}],\"s\":\"t\"}");

        assertThat(read.fields())
                .isEqualTo(Frames.fields("i", "5", "l", "9223372036854775807", "b", "true", "d", "1.50", "s", "t"));
    }

    @Test
    void readsMissingFieldsAsNone() {
        assertThat(readWith("\"extFields\":null,\"remark\":null").fields()).isEmpty();
        assertThat(readWith("\"remark\":null").remark()).isNull();
    }

    @Test
    void f40_letsTheLastOfRepeatedKeysWin() {
        RemotingCommand read = readWith("\"extFields\":{\"k\":\"1\",\"k\":\"2\"},\"code\":7");

        assertThat(read.code()).isEqualTo(7);
        assertThat(read.string("k")).isEqualTo("2");
    }

    @Test
    void f40_takesATypeMarkForText() {
        RemotingCommand read = readWith("\"@type\":\"java.net.URL\",\"extFields\":{\"@type\":\"java.lang.Runtime\"}");

        assertThat(read.fields()).containsOnlyKeys("@type");
    }

    @Test
    void f40_skipsUnknownFieldsHoweverTheyAreNested() {
        String nested = "[".repeat(30) + "]".repeat(30);

        assertThat(readWith("\"unknown\":" + nested + ",\"flag\":1").isResponse())
                .isTrue();
    }

    @Test
    void f40_refusesWhatIsNestedTooDeeply() {
        assertRefused("{" + CODE_AND_OPAQUE + ",\"x\":" + "[".repeat(100_000));
        assertRefused("{\"x\":".repeat(40_000));
    }

    @Test
    void f40_refusesANumberOfThousandsOfDigits() {
        assertRefused("{" + CODE_AND_OPAQUE + ",\"extFields\":{\"n\":" + "7".repeat(200_000) + "}}");
    }

    @Test
    void f40_refusesAFieldThatIsTooLong() {
        assertRefused("{" + CODE_AND_OPAQUE + ",\"extFields\":{\"k\":\"" + "v".repeat(65_537) + "\"}}");
        assertRefused("{" + CODE_AND_OPAQUE + ",\"extFields\":{\"" + "k".repeat(1025) + "\":\"v\"}}");
        assertRefused("{" + CODE_AND_OPAQUE + ",\"extFields\":{\"\":\"v\"}}");
    }

    @Test
    void f41_refusesTooManyFieldsBeforeTheirHashesCollide() {
        String fields = IntStream.range(0, 4000)
                .mapToObj(i -> "\"" + collidingKey(i) + "\":\"v\"")
                .collect(Collectors.joining(","));

        assertThatThrownBy(() -> readWith("\"extFields\":{" + fields + "}"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("header has more than 256 fields");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{}",
                "{\"code\":0}",
                "{\"opaque\":0}",
                "{\"code\":0,\"opaque\":1}x",
                "{\"code\":0,\"opaque\":1}{}",
                "{\"code\":0,\"opaque\":1,}",
                "{\"code\":\"0\",\"opaque\":1}",
                "{\"code\":0.5,\"opaque\":1}",
                "{\"code\":null,\"opaque\":1}",
                "{\"code\":2147483648,\"opaque\":1}",
                "{\"code\":0,\"opaque\":1,\"extFields\":[]}",
                "{\"code\":0,\"opaque\":1,\"extFields\":\"x\"}",
                "{\"code\":0,\"opaque\":1,\"remark\":{}}",
                "{\"code\":0,\"opaque\":1,\"remark\":\"\\x\"}",
                "{\"code\":0,\"opaque\":1,\"remark\":\"a\nb\"}",
                "{\"code\":NaN,\"opaque\":1}",
            })
    void f38_refusesWhatIsNotAHeader(String header) {
        assertRefused(header);
    }

    @Test
    void f40_refusesTextThatIsNotUtf8() {
        byte[] header = ("{" + CODE_AND_OPAQUE + ",\"remark\":\"??\"}").getBytes(UTF_8);
        header[header.length - 4] = (byte) 0xC3;

        assertThatThrownBy(() -> Frames.readFrame(Frames.frame(0, header, new byte[0])))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void f40_readsAHeaderBehindAByteOrderMark() {
        assertThat(readHeader("\uFEFF{" + CODE_AND_OPAQUE + "}").opaque()).isOne();
    }

    @Test
    void f42_keepsTheBeginningOfALongRemarkInOneLine() {
        RemotingCommand read = readWith("\"remark\":\"a\\nb\\u2028\\u202e\\ud800" + "x".repeat(100_000) + "\"");

        assertThat(read.remark())
                .startsWith("a\\u000ab\\u2028\\u202e\\ud800xxx")
                .endsWith("x…");
        assertThat(read.remark()).hasSize(FrameLimits.MAX_REMARK);
    }

    /** Twelve pairs of {@code Aa} and {@code BB}, which have the same hash. */
    private static String collidingKey(int i) {
        StringBuilder key = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
            key.append(((i >> bit) & 1) == 0 ? "Aa" : "BB");
        }
        return key.toString();
    }

    private static void assertRefused(String header) {
        assertThatThrownBy(() -> readHeader(header))
                .isInstanceOf(ProtocolException.class)
                .satisfies(refused ->
                        assertThat(refused.getMessage()).hasSizeLessThan(600).doesNotContain("\n"));
    }

    private static RemotingCommand readWith(String more) {
        return readHeader("{" + CODE_AND_OPAQUE + "," + more + "}");
    }

    private static RemotingCommand readHeader(String header) {
        return Frames.readJson(header, "");
    }
}
