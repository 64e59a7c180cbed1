package io.mqproducer.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.CompressionType;
import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.compression.SlowCompressor;
import io.mqproducer.message.Message;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are prepared first and compressed afterwards. */
class LateCompressionTest extends PreparerFixture {

    private final MessagePreparer preparer = preparer(Configs.standard(), zlib);

    /** One that fits into shared memory, and one that does not. */
    @ParameterizedTest
    @ValueSource(ints = {4096, 100_000})
    void f87_compressesWhatTheBodyWasWhenItWasPrepared(int size) {
        byte[] body = bytes(size);
        OutboundMessage outbound =
                preparer.prepare(Message.builder("T").body(body).tag("tag").build(), MessageRole.NORMAL, 0, false);
        String id = outbound.msgId();
        assertThat(outbound.wireBodySize()).isEqualTo(size);
        Arrays.fill(body, (byte) 0);

        preparer.compress(outbound);

        assertThat(outbound.sysFlag()).isEqualTo(0x301);
        assertThat(outbound.wireBodySize()).isLessThan(size / 10);
        assertThat(plainBodyOf(outbound, size)).isEqualTo(bytes(size));
        assertThat(outbound.content().capacity())
                .as("memory for the uncompressed body is given back")
                .isEqualTo(outbound.propertiesLength() + outbound.wireBodySize());
        assertThat(WireProperties.of(outbound)).containsEntry("UNIQ_KEY", id).containsEntry("TAGS", "tag");
        assertThat(outbound.msgId()).isEqualTo(id);
        outbound.release();
    }

    @Test
    void f87_isTheSameAsCompressedAtOnce() {
        Message message = Message.of("T", bytes(5000));
        OutboundMessage atOnce = preparer.prepare(message, MessageRole.NORMAL, 0, true);
        OutboundMessage later = preparer.prepare(message, MessageRole.NORMAL, 0, false);

        preparer.compress(later);

        assertThat(bodyOf(later)).isEqualTo(bodyOf(atOnce));
        assertThat(later.sysFlag()).isEqualTo(atOnce.sysFlag());
        atOnce.release();
        later.release();
    }

    @Test
    void f87_leavesAsItIsWhatDoesNotShrink() {
        for (int size : new int[] {1, 2, 100, 4096}) {
            OutboundMessage outbound = preparer.prepare(Message.of("T", noise(size)), MessageRole.NORMAL, 0, false);

            preparer.compress(outbound);

            assertThat(outbound.sysFlag()).isZero();
            assertThat(bodyOf(outbound)).isEqualTo(noise(size));
            outbound.release();
        }
    }

    @Test
    void f87_leavesAsItIsWhereTheCodecThrows() {
        MessagePreparer failing = preparer(Configs.standard(), new FailingSlowly());
        OutboundMessage outbound = failing.prepare(Message.of("T", bytes(5000)), MessageRole.NORMAL, 0, false);

        failing.compress(outbound);

        assertThat(outbound.sysFlag()).isZero();
        assertThat(bodyOf(outbound)).isEqualTo(bytes(5000));
        assertThat(WireProperties.of(outbound)).containsOnlyKeys("UNIQ_KEY", "WAIT");
        outbound.release();
    }

    @Test
    void isSlowFromTheThresholdOnForWhatMayShrink() {
        assertThat(preparer.compressionOf(Message.of("T", bytes(4095)))).isNotEqualTo(MessagePreparer.Compression.SLOW);
        assertThat(preparer.compressionOf(Message.of("T", bytes(4096)))).isEqualTo(MessagePreparer.Compression.SLOW);
        assertThat(preparer.compressionOf(Message.of("T", noise(4096)))).isNotEqualTo(MessagePreparer.Compression.SLOW);
    }

    @Test
    void isNeverSlowWithoutACompressorOrWithAQuickOne() {
        Message message = Message.of("T", bytes(5000));
        try (Compressor lz4 = Compressor.of(CompressionType.LZ4, 0)) {
            assertThat(preparer(Configs.standard(), lz4).compressionOf(message))
                    .isNotEqualTo(MessagePreparer.Compression.SLOW);
        }
        assertThat(preparer(Configs.standard(), null).compressionOf(message))
                .isNotEqualTo(MessagePreparer.Compression.SLOW);
    }

    /** It may be refused when it is compressed, which has to be said at once. */
    @Test
    void isNotSlowIfItIsTooLargeToGoOutAsItIs() {
        MessagePreparer small = preparer(Configs.withSizes(5000, 4096), zlib);

        assertThat(small.compressionOf(Message.of("T", bytes(5000)))).isEqualTo(MessagePreparer.Compression.SLOW);
        assertThat(small.compressionOf(Message.of("T", bytes(5001)))).isNotEqualTo(MessagePreparer.Compression.SLOW);
    }

    private static final class FailingSlowly extends Failing implements SlowCompressor {

        @Override
        public boolean compress(ByteBuffer body, ByteBuf out) {
            return compress(new byte[0], out);
        }
    }
}
