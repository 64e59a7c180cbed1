package io.mqproducer.internal.remoting;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundFramesTest {

    private static final int LIMIT = OutboundFrames.COPY_LIMIT;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final OutboundFrames frames = new OutboundFrames(channel, allocator, null);

    @AfterEach
    void i7_everyBufferIsReleased() {
        frames.discard();
        channel.finishAndReleaseAll();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void smallFramesLeaveInOneBuffer() {
        frame("head1", "body1");
        frame("head2", "body2");

        frames.writeGathered();

        assertThat(written()).containsExactly("head1body1head2body2");
    }

    @Test
    void nothingGatheredIsNothingWritten() {
        frames.writeGathered();
        frames.head(10, 10);
        frames.writeGathered();

        assertThat(written()).isEmpty();
    }

    @Test
    void aBodyUpToTheLimitIsCopied() {
        ByteBuf body = Unpooled.directBuffer().writeZero(LIMIT);
        frames.head(1, LIMIT).writeByte('h');

        frames.body(body, 0, LIMIT);

        assertThat(body.refCnt()).isOne();
        body.release();
        frames.writeGathered();
        assertThat(written()).singleElement().asString().hasSize(1 + LIMIT);
    }

    @Test
    void aLargeBodyIsWrittenFromWhereItIsBetweenItsHeadAndTheNextFrame() {
        ByteBuf body = Unpooled.directBuffer().writeByte('x').writeZero(LIMIT).writeBytes(new byte[] {'e', 'x'});
        frame("before", "");
        frames.head(4, LIMIT + 1).writeBytes("head".getBytes(US_ASCII));

        frames.body(body, 1, LIMIT + 1);
        frame("after", "");
        frames.writeGathered();

        assertThat(body.refCnt()).as("ours and the channel's").isEqualTo(2);
        assertThat(body.readerIndex()).isZero();
        assertThat(written()).containsExactly("beforehead", "\0".repeat(LIMIT) + "e", "after");
        assertThat(body.refCnt()).isOne();
        body.release();
    }

    @Test
    void aFrameThatWasBegunAndNotFinishedIsForgotten() {
        frame("good", "");
        frames.head(10, 0).writeBytes(new byte[] {1, 2, 3});

        frames.rollback();
        frame("next", "");
        frames.writeGathered();

        assertThat(written()).containsExactly("goodnext");
    }

    @Test
    void aFrameWhoseBodyIsGoneCanStillBeForgotten() {
        ByteBuf body = Unpooled.directBuffer().writeZero(LIMIT + 1);
        body.release();
        frame("good", "");
        frames.head(3, LIMIT + 1).writeBytes(new byte[] {1, 2, 3});

        assertThatThrownBy(() -> frames.body(body, 0, LIMIT + 1)).isInstanceOf(RuntimeException.class);
        frames.rollback();
        frames.writeGathered();

        assertThat(written()).containsExactly("good");
    }

    @Test
    void rollingBackNothingIsAllowed() {
        frames.rollback();

        assertThat(written()).isEmpty();
    }

    @Test
    void isFullBeforeTheNextFrameOfUsualSizeWouldNotFit() {
        assertThat(frames.isFull()).isFalse();
        while (!frames.isFull()) {
            frame("h".repeat(1024), "");
        }

        assertThat(channel.outboundMessages()).isEmpty();
        frames.writeGathered();
        assertThat(frames.isFull()).isFalse();
        assertThat(written()).singleElement().asString().hasSizeBetween(40 * 1024, 64 * 1024);
    }

    @Test
    void aHeadThatDoesNotFitAnyMoreLeavesWithTheNextBuffer() {
        frame("a".repeat(60 * 1024), "");
        frame("b".repeat(10 * 1024), "");
        frame("c".repeat(100 * 1024), "");
        frames.writeGathered();

        assertThat(written()).containsExactly("a".repeat(60 * 1024), "b".repeat(10 * 1024), "c".repeat(100 * 1024));
    }

    private void frame(String head, String body) {
        frames.head(head.length(), body.length()).writeCharSequence(head, US_ASCII);
        ByteBuf source = Unpooled.copiedBuffer(body, US_ASCII);
        frames.body(source, 0, body.length());
        source.release();
    }

    private List<String> written() {
        channel.flush();
        List<String> all = new ArrayList<>();
        for (ByteBuf buffer = channel.readOutbound(); buffer != null; buffer = channel.readOutbound()) {
            all.add(new String(ByteBufUtil.getBytes(buffer), US_ASCII));
            buffer.release();
        }
        return all;
    }
}
