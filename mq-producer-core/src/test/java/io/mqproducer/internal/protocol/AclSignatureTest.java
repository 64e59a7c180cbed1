package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mqproducer.config.Credentials;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The expected signatures were made by RocketMQ 5.5.0's own AclClientRPCHook. */
class AclSignatureTest {

    private static final String PROPERTIES = "KEYS\u0001k1 k2\u0002WAIT\u0001true\u0002TAGS\u0001TagA\u0002";
    private static final Credentials KEYS = Credentials.of("AK", "SK");
    private static final Credentials WITH_TOKEN = KEYS.withSecurityToken("TOK");
    private static final byte[] NO_BODY = {};

    private final AclSignature signature = new AclSignature();
    private final ByteBuf frame = Unpooled.directBuffer();
    private final ByteBuf body = Unpooled.directBuffer();

    @AfterEach
    void releaseBuffers() {
        frame.release();
        body.release();
    }

    @Test
    void s19_signsASendInBothFormsAsTheOfficialClientDoes() {
        byte[] hello = "hello".getBytes(UTF_8);

        assertSigned(KEYS, send(Map.of()), hello, "doHqvuKN4nSOeG9o4yYj5FzLj80=");
        assertSigned(WITH_TOKEN, send(Map.of()), hello, "slAD5s0f0UY7Yo27CXdfM/HEnf0=");
        assertSigned(KEYS, send(Map.of("ns", "demo", "nsd", "true")), hello, "X7WZnOkZ7jczPTj/w8QDE5aI6dA=");
    }

    @Test
    void s19_signsALongBodyPieceByPiece() {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }

        assertSigned(KEYS, send(Map.of()), bytes, "6hPVRMOfXMFzeiy+v0jgTmfg4zc=");
    }

    @Test
    void s19_signsTextsOfAnyLanguage() {
        Credentials keys = Credentials.of("b\u00fccher", "gehe\u00efm\u20ac");
        Map<String, String> fields = Frames.fields("a", "PG", "b", "T", "i", "k\u0001\u4f60\u597d\ud83d\ude80\u0002");

        assertSigned(keys, fields, "paid \u20ac".getBytes(UTF_8), "mgoZllDr5/+q9QXTVRP1rTXDQW0=");
    }

    @Test
    void s19_signsRequestsWithoutBodyOrFields() {
        assertThat(signed(KEYS, RequestCode.GET_ROUTEINFO_BY_TOPIC, Map.of("topic", "T"), NO_BODY)
                        .fields())
                .isEqualTo(Map.of("AccessKey", "AK", "topic", "T", "Signature", "KUCQ7Ec5a0Z1UFtFQ5VEs/mE8XA="));
        assertThat(signed(WITH_TOKEN, RequestCode.HEART_BEAT, Map.of(), "{}".getBytes(UTF_8))
                        .fields())
                .isEqualTo(
                        Map.of("AccessKey", "AK", "SecurityToken", "TOK", "Signature", "eZynKq5lGfNmLB63nwWU2mxBXbk="));
    }

    @Test
    void s19_signsTheEndOfATransaction() {
        Map<String, String> fields = Frames.fields(
                "producerGroup", "PG", "bname", "broker-a", "commitLogOffset", "4", "topic", "T", "msgId", "MID");
        fields.putAll(Frames.fields(
                "tranStateTableOffset",
                "3",
                "commitOrRollback",
                "8",
                "transactionId",
                "TID",
                "fromTransactionCheck",
                "false"));

        assertThat(signed(KEYS, RequestCode.HEART_BEAT, fields, NO_BODY).string("Signature"))
                .isEqualTo("Gt/Nu1CblUa5R3J+t+Hkbhol52Y=");
    }

    /** 4.x servers never look at that field, and 5.x servers do not if the request claims to be that old. */
    @Test
    void leavesOutTheFieldThatOnlySomeServersCheckAndSaysSo() {
        Map<String, String> fields =
                Frames.fields("topic", "T", "key", "K", "maxNum", "32", "beginTimestamp", "0", "endTimestamp", "9");
        fields.put("_UNIQUE_KEY_QUERY", "true");

        RemotingCommand query = signed(KEYS, RequestCode.HEART_BEAT, fields, NO_BODY);

        assertThat(query.string("Signature")).isEqualTo("2sprNcC/ClcMm41SqlqpYPtgvio=");
        assertThat(query.string("_UNIQUE_KEY_QUERY")).isEqualTo("true");
        assertThat(query.version()).isEqualTo(399);
    }

    @Test
    void signsEveryRequestAnewWithTheCredentialsOfTheMoment() {
        byte[] hello = "hello".getBytes(UTF_8);
        for (int i = 0; i < 3; i++) {
            assertSigned(KEYS, send(Map.of()), hello, "doHqvuKN4nSOeG9o4yYj5FzLj80=");
            assertSigned(Credentials.of("AK", "SK"), send(Map.of()), hello, "doHqvuKN4nSOeG9o4yYj5FzLj80=");
            assertSigned(WITH_TOKEN, send(Map.of()), hello, "slAD5s0f0UY7Yo27CXdfM/HEnf0=");
        }
    }

    @Test
    void bothFormsAgreeWhateverTheLengths() {
        Random random = new Random(19);
        for (int i = 0; i < 500; i++) {
            Map<String, String> fields = send(Map.of());
            fields.put("i", "x".repeat(random.nextInt(6000)));
            byte[] bytes = new byte[random.nextInt(20_000)];
            random.nextBytes(bytes);
            RemotingCommand command = signed(KEYS, RequestCode.SEND_MESSAGE_V2, fields, bytes);

            assertSigned(KEYS, fields, bytes, String.valueOf(command.string("Signature")));
        }
    }

    @Test
    void refusesFieldsThatAreNotInTheOrderOfTheirNames() {
        for (String first : new String[] {"b", "aa", "Zone"}) {
            frame.clear();
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put(first, "1");
            fields.put("a", "2");
            RemotingCommand unordered = RemotingCommand.request(RequestCode.SEND_MESSAGE_V2, fields, NO_BODY);
            new FrameCodec().writeFrame(unordered, 1, SerializeType.ROCKETMQ, frame);
            signature.use(KEYS);

            assertThatIllegalArgumentException()
                    .as(first)
                    .isThrownBy(() -> signature.appendTo(frame, 0, body, 0, 0))
                    .withMessageContaining("order of their names");
        }
    }

    /** Signs a frame in place, the header's bytes before it left alone, and the command that it is. */
    private void assertSigned(Credentials keys, Map<String, String> fields, byte[] bytes, String expected) {
        RemotingCommand request = RemotingCommand.request(RequestCode.SEND_MESSAGE_V2, fields, bytes);
        frame.clear().writeLong(-1);
        new FrameCodec().writeFrame(request, 7, SerializeType.ROCKETMQ, frame);
        frame.writerIndex(frame.writerIndex() - bytes.length);
        int head = frame.writerIndex();
        body.clear().writeByte(1).writeBytes(bytes).writeByte(2);
        signature.use(keys);

        signature.appendTo(frame, Long.BYTES, body, 1, bytes.length);

        assertThat(frame.writerIndex() - head).isEqualTo(signature.length());
        frame.writeBytes(bytes).skipBytes(Long.BYTES);
        assertThat(frame.readInt()).isEqualTo(frame.readableBytes());
        RemotingCommand read = new FrameCodec().readFrame(frame);
        assertThat(read.string("Signature")).isEqualTo(expected);
        assertThat(read.body()).isEqualTo(bytes);
        RemotingCommand command = signature.sign(request);
        assertThat(command.fields()).isEqualTo(read.fields());
        assertThat(command.body()).isEqualTo(bytes);
        assertThat(command.flag()).isEqualTo(request.flag());
        assertThat(command.version()).isEqualTo(request.version());
    }

    private RemotingCommand signed(Credentials keys, RequestCode code, Map<String, String> fields, byte[] bytes) {
        signature.use(keys);
        return signature.sign(RemotingCommand.request(code, fields, bytes));
    }

    private static Map<String, String> send(Map<String, String> more) {
        Map<String, String> fields = Frames.fields(
                "a", "PG", "b", "T", "c", "TBW102", "d", "4", "e", "1", "f", "0", "g", "1700000000000", "h", "0");
        fields.putAll(Frames.fields("i", PROPERTIES, "j", "0", "k", "false", "m", "false", "n", "broker-a"));
        new TreeMap<>(more).forEach(fields::put);
        return fields;
    }
}
