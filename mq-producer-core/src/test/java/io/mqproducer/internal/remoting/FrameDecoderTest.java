package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.internal.protocol.FrameCodec;
import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.SerializeType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    private static final int LARGEST = FrameLimits.MAX_INBOUND_FRAME;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(new FrameCodec(), LARGEST));

    @BeforeEach
    void allocateWhereItIsSeen() {
        channel.config().setAllocator(allocator);
    }

    @AfterEach
    void i7_everyBufferIsReleased() {
        channel.finishAndReleaseAll();
        assertThat(allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -5, Integer.MIN_VALUE, 0, 3, LARGEST + 1, 16 * 1024 * 1024 + 1, Integer.MAX_VALUE})
    void f36_refusesALengthThatNoFrameCanHaveAndAllocatesNothingForIt(int length) {
        ByteBuf announced = Unpooled.buffer().writeInt(length).writeZero(100);

        assertThatThrownBy(() -> channel.writeInbound(announced))
                .isInstanceOf(DecoderException.class)
                .hasCauseInstanceOf(ProtocolException.class)
                .hasMessageContaining("frame length " + length);

        assertThat(allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory())
                .isZero();
        assertThat(received()).isEmpty();
    }

    @Test
    void f36_takesNoMemoryForWhatIsOnlyAnnounced() {
        channel.writeInbound(allocator.directBuffer(104).writeInt(LARGEST).writeZero(100));

        assertThat(allocator.metric().usedDirectMemory()).isLessThan(64 * 1024);
        assertThat(received()).isEmpty();
    }

    @Test
    void f29_readsFramesThatArriveByteByByte() {
        ByteBuf bytes = frames(3);
        while (bytes.isReadable()) {
            channel.writeInbound(allocator.directBuffer(1).writeByte(bytes.readByte()));
        }
        bytes.release();

        assertThat(opaques()).containsExactly(0, 1, 2);
    }

    @Test
    void f29_readsALargeFrameInSmallSlicesWithoutCopyingItOverAndOver() {
        ByteBuf bytes = Unpooled.buffer();
        write(bytes, 7, new byte[1024 * 1024]);
        while (bytes.isReadable()) {
            channel.writeInbound(allocator.directBuffer(64).writeBytes(bytes, Math.min(64, bytes.readableBytes())));
        }
        bytes.release();

        assertThat(received())
                .singleElement()
                .satisfies(command -> assertThat(command.body()).hasSize(1024 * 1024));
    }

    @Test
    void f29_readsAThousandFramesOutOfOneBuffer() {
        channel.writeInbound(frames(1000));

        assertThat(opaques()).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void f36_hasHandedOutWhatCameBeforeTheBrokenFrame() {
        ByteBuf bytes = frames(2).writeInt(-5);

        assertThatThrownBy(() -> channel.writeInbound(bytes)).isInstanceOf(DecoderException.class);

        assertThat(opaques()).containsExactly(0, 1);
    }

    @Test
    void f38_handsOutNothingThatFollowsABrokenFrameNotEvenWhenTheChannelIsClosed() {
        ByteBuf bytes = frames(1).writeInt(8).writeLong(-1).writeBytes(frames(2));

        assertThatThrownBy(() -> channel.writeInbound(bytes)).isInstanceOf(DecoderException.class);
        channel.writeInbound(frames(3));
        channel.finish();

        assertThat(opaques()).containsExactly(0);
    }

    @Test
    void anIncompleteFrameIsNoFrame() {
        ByteBuf bytes = frames(1);
        channel.writeInbound(bytes.readRetainedSlice(bytes.readableBytes() - 1));
        assertThat(received()).isEmpty();

        channel.writeInbound(bytes);
        assertThat(opaques()).containsExactly(0);
    }

    private static ByteBuf frames(int count) {
        ByteBuf out = Unpooled.buffer();
        IntStream.range(0, count).forEach(i -> write(out, i, new byte[i % 5]));
        return out;
    }

    private static void write(ByteBuf out, int opaque, byte[] body) {
        RemotingCommand command = RemotingCommand.request(RequestCode.HEART_BEAT, Map.of(), body);
        new FrameCodec().writeFrame(command, opaque, SerializeType.JSON, out);
    }

    private List<Integer> opaques() {
        return received().stream().map(RemotingCommand::opaque).toList();
    }

    private List<RemotingCommand> received() {
        List<RemotingCommand> all = new ArrayList<>();
        for (RemotingCommand one = channel.readInbound(); one != null; one = channel.readInbound()) {
            all.add(one);
        }
        return all;
    }
}
