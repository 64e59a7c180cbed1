package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Byte for byte what RocketMQ 5.5.0's own client makes of the same command. */
class GoldenFramesTest {

    private static final String PROPERTIES = "KEYS\u0001k1 k2\u0002WAIT\u0001true\u0002TAGS\u0001TagA\u0002";

    private static final Map<String, String> SEND_FIELDS = Frames.fields(
            "a",
            "PG",
            "b",
            "T",
            "c",
            "TBW102",
            "d",
            "4",
            "e",
            "1",
            "f",
            "0",
            "g",
            "1700000000000",
            "h",
            "0",
            "i",
            PROPERTIES,
            "j",
            "0",
            "k",
            "false",
            "m",
            "false",
            "n",
            "broker-a");

    static final String BINARY_SEND = "000000c5010000bc0136000201000000070000000000000000000000a70001610000000250470001"
            + "620000000154000163000000065442573130320001640000000134000165000000013100016600000001300001670000000d3137"
            + "303030303030303030303000016800000001300001690000001f4b455953016b31206b3202574149540174727565025441475301"
            + "546167410200016a000000013000016b0000000566616c736500016d0000000566616c736500016e0000000862726f6b65722d61"
            + "68656c6c6f";

    private static final String JSON_SEND_HEADER = "{\"code\":310,\"extFields\":{\"a\":\"PG\",\"b\":\"T\","
            + "\"c\":\"TBW102\",\"d\":\"4\",\"e\":\"1\",\"f\":\"0\",\"g\":\"1700000000000\",\"h\":\"0\","
            + "\"i\":\"KEYS\\u0001k1 k2\\u0002WAIT\\u0001true\\u0002TAGS\\u0001TagA\\u0002\",\"j\":\"0\","
            + "\"k\":\"false\",\"m\":\"false\",\"n\":\"broker-a\"},\"flag\":0,\"language\":\"JAVA\",\"opaque\":7,"
            + "\"serializeTypeCurrentRPC\":\"JSON\",\"version\":513}";

    private static final String END_TRANSACTION = "000000db010000d700250002010000000a0000000200000003726d6b000000bf00"
            + "0d70726f647563657247726f75700000000250470005626e616d650000000862726f6b65722d61000f636f6d6d69744c6f674f66"
            + "667365740000000134"
            + "0005746f706963000000015400056d73674964000000034d494400147472616e53746174655461626c654f666673657400000001"
            + "330010636f6d6d69744f72526f6c6c6261636b0000000138000d7472616e73616374696f6e496400000003544944001466726f6d"
            + "5472616e73616374696f6e436865636b0000000566616c7365";

    static final String SEND_RESPONSE = "000000880100008400000002010000000700000001000000000000006f00056d736749640000"
            + "00014d0007717565756549640000000131000b71756575654f66667365740000000135000d7472616e73616374696f6e49640000"
            + "000155000854524143455f4f4e0000000474727565000a4d53475f524547494f4e0000000d44656661756c74526567696f6e";

    private final FrameCodec codec = new FrameCodec();

    @Test
    void writesASendAsBinary() {
        RemotingCommand send = RemotingCommand.request(RequestCode.SEND_MESSAGE_V2, SEND_FIELDS, hello());

        String frame = Frames.hexOf(out -> codec.writeFrame(send, 7, SerializeType.ROCKETMQ, out));

        assertThat(frame).isEqualTo(BINARY_SEND);
    }

    @Test
    void writesASendAsJson() {
        RemotingCommand send = RemotingCommand.request(RequestCode.SEND_MESSAGE_V2, SEND_FIELDS, hello());

        String frame = Frames.hexOf(out -> codec.writeFrame(send, 7, SerializeType.JSON, out));

        assertThat(new String(HexFormat.of().parseHex(frame.substring(16)), UTF_8))
                .isEqualTo(JSON_SEND_HEADER + "hello");
        assertThat(frame).startsWith("0000013d00000134").hasSize(2 * 321);
    }

    @Test
    void readsASendInBothForms() {
        RemotingCommand binary = Frames.read(BINARY_SEND);
        RemotingCommand json = Frames.readJson(JSON_SEND_HEADER, "hello");

        for (RemotingCommand send : new RemotingCommand[] {binary, json}) {
            assertThat(send.code()).isEqualTo(310);
            assertThat(send.opaque()).isEqualTo(7);
            assertThat(send.version()).isEqualTo(513);
            assertThat(send.isResponse()).isFalse();
            assertThat(send.isOneway()).isFalse();
            assertThat(send.remark()).isNull();
            assertThat(send.fields()).isEqualTo(SEND_FIELDS);
            assertThat(send.body()).isEqualTo(hello());
        }
    }

    @Test
    void writesARouteRequest() {
        RemotingCommand request =
                RemotingCommand.request(RequestCode.GET_ROUTEINFO_BY_TOPIC, Map.of("topic", "T"), new byte[0]);

        String frame = Frames.hexOf(out -> codec.writeFrame(request, 8, SerializeType.ROCKETMQ, out));

        assertThat(frame)
                .isEqualTo("000000250100002100690002010000000800000000000000000000000c0005746f7069630000000154");
    }

    @Test
    void writesAHeartbeatsHeader() {
        RemotingCommand request = RemotingCommand.request(RequestCode.HEART_BEAT, Map.of(), hello());

        String frame = Frames.hexOf(out -> codec.writeFrame(request, 12, SerializeType.ROCKETMQ, out));

        assertThat(frame).isEqualTo("0000001e" + "0100001500220002010000000c000000000000000000000000" + "68656c6c6f");
    }

    @Test
    void writesAndReadsAnEndOfATransactionWithARemark() {
        Map<String, String> fields = Frames.fields(
                "producerGroup",
                "PG",
                "bname",
                "broker-a",
                "commitLogOffset",
                "4",
                "topic",
                "T",
                "msgId",
                "MID",
                "tranStateTableOffset",
                "3",
                "commitOrRollback",
                "8",
                "transactionId",
                "TID",
                "fromTransactionCheck",
                "false");
        RemotingCommand command =
                RemotingCommand.builder(37, 2).allFields(fields).remark("rmk").build(new byte[0]);

        String frame = Frames.hexOf(out -> codec.writeFrame(command, 10, SerializeType.ROCKETMQ, out));
        RemotingCommand read = Frames.read(END_TRANSACTION);

        assertThat(frame).isEqualTo(END_TRANSACTION);
        assertThat(read.isOneway()).isTrue();
        assertThat(read.remark()).isEqualTo("rmk");
        assertThat(read.fields()).isEqualTo(fields);
        assertThat(read.body()).isEmpty();
    }

    @Test
    void readsTheAnswerToASend() {
        RemotingCommand response = Frames.read(SEND_RESPONSE);

        assertThat(response.isResponse()).isTrue();
        assertThat(response.opaque()).isEqualTo(7);
        SendMessageResponse stored = SendMessageResponse.from(response);
        assertThat(stored.offsetMsgId()).isEqualTo("M");
        assertThat(stored.queueId()).isEqualTo(1);
        assertThat(stored.queueOffset()).isEqualTo(5);
        assertThat(stored.transactionId()).isEqualTo("U");
    }

    private static byte[] hello() {
        return "hello".getBytes(UTF_8);
    }
}
