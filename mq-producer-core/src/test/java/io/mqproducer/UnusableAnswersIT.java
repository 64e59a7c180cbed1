package io.mqproducer;

import static io.mqproducer.Eventually.await;
import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.millisSince;
import static io.mqproducer.Probe.within;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F35 to F42: answers to a send that cannot be used. */
class UnusableAnswersIT {

    private static final int MIB = 1024 * 1024;

    private final FakeCluster cluster = FakeCluster.start(1);
    private final ScriptedPeer broker = cluster.broker(0);
    private final Script stores = broker.script(SEND_MESSAGE_V2);

    @BeforeEach
    void oneQueue() {
        cluster.route(TOPIC, RouteJson.of("broker-a", broker.address(), 1));
    }

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    // ---- fields

    static Stream<Arguments> badFields() {
        return Stream.of(
                badField("no fields", "queueId", answer -> Reply.success()),
                badField("no queueId", "queueId", answer -> answer.withoutField("queueId")),
                badField("no msgId", "msgId", answer -> answer.withoutField("msgId")),
                badField("no queueOffset", "queueOffset", answer -> answer.withoutField("queueOffset")),
                badField("queueId x", "queueId", answer -> answer.field("queueId", "x")),
                badField("queueId -1", "queueId", answer -> answer.field("queueId", "-1")),
                badField("queueId 2^31", "queueId", answer -> answer.field("queueId", "2147483648")),
                badField(
                        "queueOffset 2^63",
                        "queueOffset",
                        answer -> answer.field("queueOffset", "9223372036854775808")),
                badField("queueOffset -1", "queueOffset", answer -> answer.field("queueOffset", "-1")),
                badField("queueOffset 1.5", "queueOffset", answer -> answer.field("queueOffset", "1.5")),
                badField("empty msgId", "msgId", answer -> answer.field("msgId", "")),
                badField("empty queueId", "queueId", answer -> answer.field("queueId", "")));
    }

    private static Arguments badField(String name, String field, UnaryOperator<Reply> change) {
        return Arguments.argumentSet(name, field, change);
    }

    @ParameterizedTest
    @MethodSource("badFields")
    void f35_anAnswerWithoutUsableFieldsIsMaybeStoredAtOnceAndNotRepeated(String field, UnaryOperator<Reply> change) {
        broker.on(SEND_MESSAGE_V2, request -> change.apply(stores.reply(request)));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (SendVia via : SendVia.values()) {
                long start = System.nanoTime();
                MQProducerException failure = via.failure(put.producer(), message(), within(2000));

                assertThat(millisSince(start)).isLessThan(500);
                assertThat(failure)
                        .isInstanceOf(MessageMaybeStoredException.class)
                        .hasMessageContaining("unusable answer from " + broker.address() + ": field " + field);
                assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
            }
            assertThat(broker.requests(SEND_MESSAGE_V2)).hasSize(2);
            assertThat(broker.connections().accepted()).isEqualTo(1);
        }
    }

    // ---- frames

    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 3, 16 * MIB + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void i12_f36_aFrameLengthThatCannotBeEndsTheConnectionAtOnce(int length) {
        assertEndsConnection(request -> stores.reply(request).wireInt(0, length), "PROTOCOL frame length " + length);
    }

    @Test
    void f36_whatWasInFlightIsRepeatedOnANewConnection() {
        Script broken = request -> stores.reply(request).wireInt(0, -5);
        broker.on(SEND_MESSAGE_V2, Script.sequence(broken, stores));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            SendResult result = put.producer().send(message(), within(2000));

            assertThat(result.attempts()).isEqualTo(2);
            assertThat(result.mayBeDuplicate()).isTrue();
        }
    }

    @Test
    void f37_aFrameThatIsAnnouncedAndNeverComesDoesNotHoldTheConnectionForEver() {
        broker.on(
                SEND_MESSAGE_V2, request -> request.connection() == 0 ? Reply.hex("00100000") : stores.reply(request));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            Duration taken = await("a send that succeeds", Duration.ofSeconds(10), () -> isSent(put));

            assertThat(taken).isGreaterThan(Duration.ofMillis(300));
            assertThat(broker.connections().accepted()).isEqualTo(2);
            broker.awaitOpenConnections(1, Duration.ofSeconds(5));
        }
    }

    private static boolean isSent(ProducerUnderTest put) {
        try {
            put.producer().send(message(), within(300));
            return true;
        } catch (MessageMaybeStoredException e) {
            return false;
        }
    }

    static Stream<Arguments> badHeaders() {
        int json = 0;
        return Stream.of(
                badHeader("longer than the frame", frame -> withHeaderWord(frame, json, frame.length - 7)),
                badHeader("zero", frame -> withHeaderWord(frame, json, 0)),
                badHeader("shorter than true", frame -> withHeaderWord(frame, json, 10)),
                badHeader("24 bits of ones", frame -> withHeaderWord(frame, json, 0xFFFFFF)),
                badHeader("type 2", frame -> withHeaderWord(frame, 2, frame.length - 8)),
                badHeader("type 127", frame -> withHeaderWord(frame, 127, frame.length - 8)),
                badHeader("type 255", frame -> withHeaderWord(frame, 255, frame.length - 8)),
                badHeader("JSON said to be binary", frame -> withHeaderWord(frame, 1, frame.length - 8)));
    }

    private static Arguments badHeader(String name, UnaryOperator<byte[]> change) {
        return Arguments.argumentSet(name, change);
    }

    private static byte[] withHeaderWord(byte[] frame, int type, int length) {
        return ByteBuffer.wrap(frame).putInt(4, type << 24 | length).array();
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void f38_aHeaderWordThatCannotBeEndsTheConnection(UnaryOperator<byte[]> change) {
        assertEndsConnection(request -> stores.reply(request).wire(change), "PROTOCOL ");
    }

    static Stream<Arguments> badBinaryHeaders() {
        byte[] valueTooLong = "\0\1a\0\0\0\5b".getBytes(ISO_8859_1);
        return Stream.of(
                Arguments.argumentSet("negative remark length", binary(-1, 0, new byte[0])),
                Arguments.argumentSet("remark beyond the header", binary(1000, 0, new byte[0])),
                Arguments.argumentSet("negative fields length", binary(0, -1, new byte[0])),
                Arguments.argumentSet("fields beyond the header", binary(0, 1000, new byte[4])),
                Arguments.argumentSet("negative key length", binary(0, 8, new byte[] {-1, -1, 0, 0, 0, 0, 0, 0})),
                Arguments.argumentSet("zero-length key", binary(0, 6, new byte[6])),
                Arguments.argumentSet("negative value length", binary(0, 7, new byte[] {0, 1, 'a', -1, -1, -1, -1})),
                Arguments.argumentSet("value beyond the fields", binary(0, valueTooLong.length, valueTooLong)),
                Arguments.argumentSet("odd tail", binary(0, 1, new byte[1])),
                Arguments.argumentSet("65 536 pairs", binary(0, 65_536 * 2, new byte[65_536 * 2])));
    }

    private static byte[] binary(int remarkLength, int fieldsLength, byte[] rest) {
        return ByteBuffer.allocate(21 + rest.length)
                .putShort((short) 0)
                .put((byte) 0)
                .putShort((short) 513)
                .putInt(0)
                .putInt(1)
                .putInt(remarkLength)
                .putInt(fieldsLength)
                .put(rest)
                .array();
    }

    @ParameterizedTest
    @MethodSource("badBinaryHeaders")
    void f39_aBinaryHeaderThatCannotBeEndsTheConnection(byte[] header) {
        assertEndsConnection(request -> Reply.header(1, header), "PROTOCOL ");
    }

    static Stream<Arguments> badJsonHeaders() {
        String colliding = IntStream.range(0, 2000)
                .mapToObj(i -> "\""
                        + Integer.toBinaryString(i + 4096).replace("0", "Aa").replace("1", "BB") + "\":\"\"")
                .collect(Collectors.joining(","));
        return Stream.of(
                json("f40 depth 100 000", "{\"x\":" + "[".repeat(100_000)),
                json("f40 a number of 200 000 digits", "{\"code\":" + "1".repeat(200_000) + "}"),
                json("f40 a header beyond its limit", "{\"remark\":\"" + "x".repeat(300_000) + "\"}"),
                json("f40 too many fields", "{\"extFields\":{" + "\"a\":\"\",".repeat(20_000) + "\"b\":\"\"}}"),
                json("f40 trailing garbage", "{\"code\":0,\"flag\":1,\"opaque\":1}x"),
                json("f40 not an object", "[]"),
                json("f40 cut", "{\"code\":0,\"fl"),
                json("f40 code as text", "{\"code\":\"zero\",\"flag\":1,\"opaque\":1}"),
                Arguments.argumentSet(
                        "f40 bad UTF-8", (Object) new byte[] {'{', '"', (byte) 0xC3, '(', '"', ':', '1', '}'}),
                json("f41 keys that collide", "{\"extFields\":{" + colliding + "}}"));
    }

    private static Arguments json(String name, String header) {
        return Arguments.argumentSet(name, (Object) header.getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("badJsonHeaders")
    void f40_f41_aJsonHeaderThatCannotBeEndsTheConnection(byte[] header) {
        assertEndsConnection(request -> Reply.header(0, header), "PROTOCOL ");
    }

    @Test
    void f40_aMarkOfAnotherLibrarysTypesIsJustText() {
        broker.on(SEND_MESSAGE_V2, request -> stores.reply(request).field("@type", "java.net.URL"));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            put.producer().send(message(), within(2000));
        }
    }

    // ---- remarks

    @Test
    void f42_aRemarkOf200KibIsCutAndEscaped() {
        String remark = "no\r\n\u001b[31mway\u2028\u202e" + "x".repeat(200 * 1024);
        broker.on(SEND_MESSAGE_V2, Reply.code(13, remark));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(2000));

            assertThat(failure)
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("answered CODE 13 MESSAGE_ILLEGAL: no")
                    .hasMessageNotContaining("\u2028")
                    .hasMessageNotContaining("\u202e");
            assertThat(failure.responseCode()).hasValue(13);
        }
    }

    @Test
    void f42_aRemarkOf8MibEndsTheConnection() {
        String remark = "x".repeat(8 * MIB);

        assertEndsConnection(request -> Reply.code(13, remark), "PROTOCOL frame length");
    }

    private void assertEndsConnection(Script broken, String reason) {
        broker.on(SEND_MESSAGE_V2, broken);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure = SendVia.ASYNC.failure(
                    put.producer(), message(), within(3000).withMaxRetries(0));

            assertThat(millisSince(start)).isLessThan(500);
            assertThat(failure)
                    .isInstanceOf(MessageMaybeStoredException.class)
                    .hasMessageContaining("connection to broker-a@" + broker.address() + " lost after ")
                    .hasMessageContaining(reason);
            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
            broker.awaitOpenConnections(0, Duration.ofSeconds(5));
            broker.on(SEND_MESSAGE_V2, stores);
            put.producer().send(message(), within(2000));
        }
    }
}
