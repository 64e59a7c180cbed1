package io.mqproducer.test.peer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codec against frames recorded from RocketMQ's own 5.5.0 jars. */
class FrameTest {

    private static final String SEND_BINARY =
            "000000c5010000bc0136000201000000070000000000000000000000a700016100000002504700016200000001540001630000"
                    + "00065442573130320001640000000134000165000000013100016600000001300001670000000d313730303030303030"
                    + "303030300001680000000130000169"
                    + "0000001f4b455953016b31206b3202574149540174727565025441475301546167410200016a000000013000016b0000"
                    + "000566616c736500016d0000000566616c736500016e0000000862726f6b65722d6168656c6c6f";
    private static final String SEND_JSON =
            "{\"code\":310,\"extFields\":{\"a\":\"PG\",\"b\":\"T\",\"c\":\"TBW102\",\"d\":\"4\",\"e\":\"1\",\"f\":\"0\","
                    + "\"g\":\"1700000000000\",\"h\":\"0\",\"i\":\"KEYS\\u0001k1 k2\\u0002WAIT\\u0001true\\u0002TAGS\\u0001TagA\\u0002\","
                    + "\"j\":\"0\",\"k\":\"false\",\"m\":\"false\",\"n\":\"broker-a\"},\"flag\":0,\"language\":\"JAVA\","
                    + "\"opaque\":7,\"serializeTypeCurrentRPC\":\"JSON\",\"version\":513}";
    private static final String SEND_ANSWER =
            "000000880100008400000002010000000700000001000000000000006f00056d73674964000000014d00077175657565496400"
                    + "00000131000b71756575654f66667365740000000135000d7472616e73616374696f6e49640000000155000854524143"
                    + "455f4f4e0000000474727565000a4d53475f524547494f4e0000000d44656661756c74526567696f6e";
    private static final String TRANSACTION_END =
            "000000db010000d700250002010000000a0000000200000003726d6b000000bf000d70726f647563657247726f757000000002"
                    + "50470005626e616d650000000862726f6b65722d61000f636f6d6d69744c6f674f66667365740000000134000574"
                    + "6f706963000000015400056d73674964000000034d494400147472616e53746174655461626c654f666673657400"
                    + "0000013300"
                    + "10636f6d6d69744f72526f6c6c6261636b0000000138000d7472616e73616374696f6e4964000000035449440014"
                    + "66726f6d5472616e73616374696f6e436865636b0000000566616c7365";
    private static final String HEARTBEAT = "000000190100001500220002010000000c000000000000000000000000";
    private static final String ROUTE_REQUEST =
            "000000250100002100690002010000000800000000000000000000000c0005746f7069630000000154";

    @Test
    void readsTheBinarySendRequestOfTheOfficialClient() {
        Frame frame = Frame.decode(HexFormat.of().parseHex(SEND_BINARY));

        assertThat(frame.serialization()).isEqualTo(Serialization.ROCKETMQ);
        assertThat(frame.header().version()).isEqualTo(513);
        assertIsTheSendRequest(frame);
    }

    @Test
    void readsTheJsonSendRequestOfTheOfficialClient() {
        Frame frame = Frame.decode(jsonFrame(SEND_JSON, "hello"));

        assertThat(frame.serialization()).isEqualTo(Serialization.JSON);
        assertThat(frame.bytes()).hasSize(321);
        assertIsTheSendRequest(frame);
    }

    private static void assertIsTheSendRequest(Frame frame) {
        assertThat(frame.code()).isEqualTo(310);
        assertThat(frame.opaque()).isEqualTo(7);
        assertThat(frame.header().language()).isEqualTo("JAVA");
        assertThat(frame.header().remark()).isNull();
        assertThat(frame.isResponse()).isFalse();
        assertThat(frame.isOneway()).isFalse();
        assertThat(frame.body()).asString().isEqualTo("hello");
        assertThat(frame.fields())
                .hasSize(13)
                .contains(
                        entry("a", "PG"),
                        entry("b", "T"),
                        entry("e", "1"),
                        entry("g", "1700000000000"),
                        entry("i", "KEYS\u0001k1 k2\u0002WAIT\u0001true\u0002TAGS\u0001TagA\u0002"),
                        entry("n", "broker-a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {SEND_BINARY, SEND_ANSWER, ROUTE_REQUEST, TRANSACTION_END, HEARTBEAT})
    void writesBinaryHeadersByteForByteAsTheOfficialCodecDoes(String hex) {
        Frame frame = Frame.decode(HexFormat.of().parseHex(hex));

        Frame again = Frame.encode(Serialization.ROCKETMQ, frame.header(), frame.body());

        assertThat(HexFormat.of().formatHex(again.bytes())).isEqualTo(hex);
    }

    @Test
    void writesJsonHeadersByteForByteAsTheOfficialCodecDoes() {
        Frame frame = Frame.decode(jsonFrame(SEND_JSON, "hello"));

        Frame again = Frame.encode(Serialization.JSON, frame.header(), frame.body());

        assertThat(again.bytes())
                .asString()
                .isEqualTo(new String(jsonFrame(SEND_JSON, "hello"), StandardCharsets.UTF_8));
    }

    @Test
    void readsTheRemarkOfATransactionEnd() {
        Frame frame = Frame.decode(HexFormat.of().parseHex(TRANSACTION_END));

        assertThat(frame.header().remark()).isEqualTo("rmk");
        assertThat(frame.isOneway()).isTrue();
        assertThat(frame.fields()).containsEntry("commitLogOffset", "4").containsEntry("transactionId", "TID");
    }

    @Test
    void readsAMinimalJsonHeader() {
        Frame frame =
                Frame.decode(jsonFrame("{\"code\":105,\"opaque\":-77,\"extFields\":{\"topic\":\"T\",\"n\":1}}", ""));

        assertThat(frame.header()).isEqualTo(new Header(105, "JAVA", 0, -77, 0, null, Map.of("topic", "T", "n", "1")));
        assertThat(frame.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000402000000", "0000000400000001", "0000000500000000", "00000004"})
    void refusesWhatIsNotOneFrame(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> Frame.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cutsABytesStreamIntoFrames() {
        byte[] stream = HexFormat.of().parseHex(SEND_BINARY + ROUTE_REQUEST + "ffffffff00");
        FrameBuffer buffer = new FrameBuffer();
        int frames = 0;

        for (byte each : stream) {
            buffer.append(new byte[] {each}, 1);
            frames += buffer.next() == null ? 0 : 1;
        }

        assertThat(frames).isEqualTo(2);
        assertThat(buffer.rest()).asHexString().isEqualTo("FFFFFFFF00");
    }

    private static byte[] jsonFrame(String header, String body) {
        byte[] headerBytes = header.getBytes(StandardCharsets.UTF_8);
        byte[] bodyBytes = body.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + headerBytes.length + bodyBytes.length)
                .putInt(4 + headerBytes.length + bodyBytes.length)
                .putInt(headerBytes.length)
                .put(headerBytes)
                .put(bodyBytes)
                .array();
    }
}
