package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {

    private final FrameCodec codec = new FrameCodec();

    @ParameterizedTest
    @EnumSource(SerializeType.class)
    void readsBackWhatItWrites(SerializeType type) {
        Map<String, String> fields = Frames.fields("z", "", "kéy", "välue \uD83D\uDE00", "n", "\"\\\u0001\u2028\n");
        RemotingCommand written = RemotingCommand.oneway(RequestCode.HEART_BEAT, fields, new byte[] {1, 2, 3});

        RemotingCommand read = Frames.read(Frames.hexOf(out -> codec.writeFrame(written, -5, type, out)));

        assertThat(read.code()).isEqualTo(34);
        assertThat(read.opaque()).isEqualTo(-5);
        assertThat(read.isOneway()).isTrue();
        assertThat(read.fields()).isEqualTo(fields);
        assertThat(read.body()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(SerializeType.class)
    void writesAnAnswerWithItsRemark(SerializeType type) {
        RemotingCommand answer = RemotingCommand.response(3, 99, "unknown request");

        RemotingCommand read = Frames.read(Frames.hexOf(out -> codec.writeFrame(answer, answer.opaque(), type, out)));

        assertThat(read.isResponse()).isTrue();
        assertThat(read.opaque()).isEqualTo(99);
        assertThat(read.remark()).isEqualTo("unknown request");
    }

    @Test
    void s24_writesNothingFromAFieldOutsideItsPlaceInJson() {
        String hostile = "\"},\"code\":0,\"x\":{\"\uD800\u2029\u0000\\";
        RemotingCommand request = RemotingCommand.request(RequestCode.HEART_BEAT, Map.of("k", hostile), new byte[0]);

        RemotingCommand read = Frames.read(Frames.hexOf(out -> codec.writeFrame(request, 1, SerializeType.JSON, out)));

        assertThat(read.code()).isEqualTo(34);
        assertThat(read.fields()).containsOnlyKeys("k").containsEntry("k", hostile);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32_768, 65_537})
    void s24_refusesAKeyWhoseLengthTheBinaryFormCannotExpress(int length) {
        RemotingCommand request =
                RemotingCommand.request(RequestCode.HEART_BEAT, Map.of("k".repeat(length), "v"), new byte[0]);
        ByteBuf out = Unpooled.buffer().writeByte(9);

        assertThatThrownBy(() -> codec.writeFrame(request, 1, SerializeType.ROCKETMQ, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(length + " bytes");

        assertThat(out.readableBytes()).isOne();
        out.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 3, 16 * 1024 * 1024 + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void f36_refusesALengthThatNoFrameHas(int length) {
        assertThatThrownBy(() -> FrameLimits.checkFrameLength(length, 16 * 1024 * 1024))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("frame length " + length + " ");
    }

    @Test
    void f36_acceptsTheShortestAndTheLongestFrame() {
        assertThatCode(() -> FrameLimits.checkFrameLength(4, 4096)).doesNotThrowAnyException();
        assertThatCode(() -> FrameLimits.checkFrameLength(4096, 4096)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 0xFF_FFFF})
    void f38_refusesAHeaderLongerThanItsFrame(int headerLength) {
        byte[] word = {0, (byte) (headerLength >> 16), (byte) (headerLength >> 8), (byte) headerLength};

        assertThatThrownBy(() -> Frames.readFrame(word))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("header length " + headerLength);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void f38_refusesAnEmptyHeader(int type) {
        byte[] frame = Frames.frame(type, new byte[0], "{\"code\":0,\"opaque\":1}".getBytes(UTF_8));

        assertThatThrownBy(() -> Frames.readFrame(frame)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 127, 128, 255})
    void f38_refusesAnUnknownSerializeType(int type) {
        byte[] frame = Frames.frame(type, new byte[30], new byte[0]);

        assertThatThrownBy(() -> Frames.readFrame(frame))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("serialize type " + type);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void f38_refusesAFrameWithoutAHeaderWord(int length) {
        assertThatThrownBy(() -> Frames.readFrame(new byte[length]))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("frame of " + length + " bytes");
    }

    @Test
    void f38_refusesAHeaderAboveTheLimitEvenIfItIsAllThere() {
        byte[] frame = Frames.frame(0, new byte[FrameLimits.MAX_HEADER + 1], new byte[0]);

        assertThatThrownBy(() -> Frames.readFrame(frame)).isInstanceOf(ProtocolException.class);
    }
}
