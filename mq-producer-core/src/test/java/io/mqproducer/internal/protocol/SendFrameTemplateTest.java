package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendFrameTemplateTest {

    private static final String PROPERTIES = "KEYS\u0001k1 k2\u0002WAIT\u0001true\u0002TAGS\u0001TagA\u0002";

    private final ByteBuf content = Unpooled.directBuffer();
    private final ByteBuf out = Unpooled.buffer();
    private final ByteBuf expected = Unpooled.buffer();

    @AfterEach
    void releaseBuffers() {
        content.release();
        out.release();
        expected.release();
    }

    @Test
    void writesTheGoldenFrame() {
        Sent message = message(PROPERTIES, "hello");

        String frame = Frames.hexOf(buffer -> template(Map.of()).write(buffer, 7, false, message));

        assertThat(frame).isEqualTo(GoldenFramesTest.BINARY_SEND);
        assertThat(template(Map.of()).frameLength(message)).isEqualTo(201);
    }

    @Test
    void writesTheHeadForABodyThatFollowsAndLeavesTheContentAsItWas() {
        Sent message = message(PROPERTIES, "hello");
        content.readerIndex(0);

        template(Map.of()).writeHead(out, 7, false, message);
        out.writeBytes("hello".getBytes(UTF_8));

        assertThat(Frames.hexOf(buffer -> buffer.writeBytes(out.duplicate()))).isEqualTo(GoldenFramesTest.BINARY_SEND);
        assertThat(content.readerIndex()).isZero();
        assertThat(content.writerIndex()).isEqualTo(PROPERTIES.length() + 5);
    }

    @Test
    void readsTheContentFromItsReaderIndexOn() {
        content.writeLong(-1).skipBytes(Long.BYTES);

        RemotingCommand read = written(template(Map.of()), message("A\u0001b\u0002", "body"), false);

        assertThat(read.string("i")).isEqualTo("A\u0001b\u0002");
        assertThat(read.body()).isEqualTo("body".getBytes(UTF_8));
    }

    @Test
    void leavesOutPropertiesThatAreNotThere() {
        RemotingCommand read = written(template(Map.of()), message("", "body"), true);

        assertThat(read.fields()).doesNotContainKey("i").doesNotContainKey("l").hasSize(12);
        assertThat(read.isOneway()).isTrue();
    }

    @Test
    void addsTheFieldsOfRetryTopicsAndThoseOfEveryRequest() {
        Sent message = new Sent(769, -3, 0, 2, 16, content.writeBytes(new byte[] {1}), 0);

        RemotingCommand read = written(template(Map.of("nsd", "true", "ns", "demo")), message, false);

        assertThat(read.fields().keySet())
                .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "j", "k", "l", "m", "n", "ns", "nsd");
        assertThat(read.fields())
                .containsEntry("f", "769")
                .containsEntry("h", "-3")
                .containsEntry("j", "2")
                .containsEntry("l", "16")
                .containsEntry("ns", "demo");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_700_000_000_000L})
    void saysWhetherTopicsAreThoseOfAUnit(long bornTimestamp) {
        SendFrameTemplate template =
                SendFrameTemplate.of(new SendHeader("PG", "T", "TBW102", 4, 1, "broker-a", true, Map.of()));
        Sent message = new Sent(0, 0, bornTimestamp, 0, 16, content.writeByte(1), 0);

        RemotingCommand read = written(template, message, false);

        assertThat(read.fields())
                .containsEntry("j", "0")
                .containsEntry("k", "true")
                .containsEntry("l", "16")
                .containsEntry("m", "false")
                .containsEntry("n", "broker-a");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, -1, -10, 1_700_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void writesAnyNumberAsItsDigits(long bornTimestamp) {
        Sent message = new Sent(0, Integer.MIN_VALUE, bornTimestamp, Integer.MAX_VALUE, -1, content.writeByte(1), 0);

        RemotingCommand read = written(template(Map.of()), message, false);

        assertThat(read.requiredLong("g")).isEqualTo(bornTimestamp);
        assertThat(read.string("g")).isEqualTo(Long.toString(bornTimestamp));
        assertThat(read.requiredInt("h")).isEqualTo(Integer.MIN_VALUE);
        assertThat(read.requiredInt("j")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void writesWhateverItIsByteForByteWhatTheCodecOfAnyCommandWrites() {
        Random random = new Random(310);
        SendFrameTemplate template = template(Map.of("nsd", "true", "ns", "demo"));
        FrameCodec codec = new FrameCodec();
        int usual = 0;

        for (int i = 0; i < 20_000; i++) {
            Sent message = randomMessage(random);
            int opaque = random.nextInt();
            boolean oneway = random.nextBoolean();

            template.write(out.clear(), opaque, oneway, message);

            codec.writeFrame(command(message, oneway), opaque, SerializeType.ROCKETMQ, expected.clear());
            assertThat(ByteBufUtil.equals(out, expected)).as(message.toString()).isTrue();
            assertThat(template.frameLength(message)).isEqualTo(expected.readableBytes());
            usual += SendFrameTemplate.isUsual(message) ? 1 : 0;
        }

        assertThat(usual).isBetween(2_000, 18_000);
    }

    /** Mostly as sends are; each value sometimes not. */
    private Sent randomMessage(Random random) {
        int propertiesLength = random.nextInt(20);
        int bodyLength = random.nextInt(20);
        content.clear();
        for (int i = 0; i < propertiesLength + bodyLength; i++) {
            content.writeByte('a' + random.nextInt(26));
        }
        content.readerIndex(random.nextInt(10) == 0 ? propertiesLength / 2 : 0);
        return new Sent(
                random.nextInt(5) > 0 ? random.nextInt(10) : random.nextInt(),
                random.nextInt(10) > 0 ? 0 : random.nextInt(),
                random.nextInt(5) > 0 ? random.nextLong(10_000_000_000_000L) : random.nextLong(),
                random.nextInt(10) > 0 ? 0 : random.nextInt(20),
                random.nextInt(10) > 0 ? -1 : random.nextInt(20),
                content,
                propertiesLength - content.readerIndex());
    }

    private static RemotingCommand command(Sent message, boolean oneway) {
        Map<String, String> fields = new TreeMap<>(Map.of("a", "PG", "b", "T", "c", "TBW102", "d", "4", "e", "1"));
        fields.putAll(Map.of("k", "false", "m", "false", "n", "broker-a", "nsd", "true", "ns", "demo"));
        fields.put("f", Integer.toString(message.sysFlag));
        fields.put("g", Long.toString(message.bornTimestamp));
        fields.put("h", Integer.toString(message.flag));
        fields.put("j", Integer.toString(message.reconsumeTimes));
        if (message.maxReconsumeTimes != -1) {
            fields.put("l", Integer.toString(message.maxReconsumeTimes));
        }
        ByteBuf rest = message.content.duplicate();
        if (message.propertiesLength > 0) {
            fields.put(
                    "i", rest.readCharSequence(message.propertiesLength, UTF_8).toString());
        }
        byte[] body = ByteBufUtil.getBytes(rest);
        return oneway
                ? RemotingCommand.oneway(RequestCode.SEND_MESSAGE_V2, fields, body)
                : RemotingCommand.request(RequestCode.SEND_MESSAGE_V2, fields, body);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_700_000_000_000L})
    void aReplyDiffersByItsCodeAlone(long bornTimestamp) {
        content.writeBytes(PROPERTIES.getBytes(UTF_8)).writeBytes("hello".getBytes(UTF_8));
        int length = PROPERTIES.length();
        template(Map.of()).write(expected, 7, false, new Sent(0, 0, bornTimestamp, 0, -1, content, length));

        template(Map.of()).write(out, 7, false, new Sent(0, 0, bornTimestamp, 0, -1, content, length, 325));

        assertThat(out.getShort(8)).isEqualTo((short) 325);
        out.setShort(8, 310);
        assertThat(ByteBufUtil.equals(out, expected)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_700_000_000_000L})
    void s24_refusesAHeaderThatItsLengthFieldCannotExpress(long bornTimestamp) {
        content.writeZero(1 << 24);
        Sent message = new Sent(0, 0, bornTimestamp, 0, -1, content, 1 << 24);

        assertThatThrownBy(() -> template(Map.of()).writeHead(out, 1, false, message))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(out.isReadable()).isFalse();
    }

    private RemotingCommand written(SendFrameTemplate template, Sent message, boolean oneway) {
        template.write(out, -7, oneway, message);
        assertThat(out.readableBytes()).isEqualTo(template.frameLength(message));
        assertThat(out.readInt()).isEqualTo(out.readableBytes());
        RemotingCommand read = new FrameCodec().readFrame(out);
        assertThat(read.code()).isEqualTo(310);
        assertThat(read.opaque()).isEqualTo(-7);
        return read;
    }

    private Sent message(String properties, String body) {
        content.writeCharSequence(properties, UTF_8);
        content.writeCharSequence(body, UTF_8);
        return new Sent(0, 0, 1_700_000_000_000L, 0, -1, content, properties.length());
    }

    private static SendFrameTemplate template(Map<String, String> extraFields) {
        return SendFrameTemplate.of(new SendHeader("PG", "T", "TBW102", 4, 1, "broker-a", false, extraFields));
    }

    private record Sent(
            int sysFlag,
            int flag,
            long bornTimestamp,
            int reconsumeTimes,
            int maxReconsumeTimes,
            ByteBuf content,
            int propertiesLength,
            int requestCode)
            implements WireMessage {

        Sent(
                int sysFlag,
                int flag,
                long bornTimestamp,
                int reconsumeTimes,
                int maxReconsumeTimes,
                ByteBuf content,
                int propertiesLength) {
            this(
                    sysFlag,
                    flag,
                    bornTimestamp,
                    reconsumeTimes,
                    maxReconsumeTimes,
                    content,
                    propertiesLength,
                    RequestCode.SEND_MESSAGE_V2.code());
        }

        @Override
        public int contentIndex() {
            return content.readerIndex();
        }

        @Override
        public int wireBodySize() {
            return content.readableBytes() - propertiesLength;
        }
    }
}
