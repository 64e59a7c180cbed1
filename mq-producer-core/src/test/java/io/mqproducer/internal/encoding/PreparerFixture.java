package io.mqproducer.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.CompressionType;
import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.config.ProducerConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What the tests of {@link MessagePreparer} share; sees to it that every buffer is released. */
abstract class PreparerFixture {

    static final long NOW = 1_700_000_000_000L;
    static final int LIMIT = Configs.MAX_MESSAGE_SIZE;

    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    final MessageIdGenerator ids = new MessageIdGenerator(ZoneOffset.UTC, new Random(1));
    final Compressor zlib = Compressor.of(CompressionType.ZLIB, 5);

    private final List<MessagePreparer> preparers = new ArrayList<>();

    @AfterEach
    void everyBufferIsReleased() {
        zlib.close();
        preparers.forEach(MessagePreparer::close);
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    MessagePreparer preparer(ProducerConfig config, @Nullable Compressor compressor) {
        MessagePreparer preparer = new MessagePreparer(config, compressor, ids, at -> NOW, allocator);
        preparers.add(preparer);
        return preparer;
    }

    static byte[] bodyOf(OutboundMessage message) {
        return ByteBufUtil.getBytes(
                message.content(), message.contentIndex() + message.propertiesLength(), message.wireBodySize());
    }

    static byte[] plainBodyOf(OutboundMessage message, int size) {
        byte[] body = bodyOf(message);
        return message.sysFlag() == 0 ? body : inflated(body, size);
    }

    static byte[] inflated(byte[] compressed, int size) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            byte[] body = new byte[size + 1];
            return Arrays.copyOf(body, inflater.inflate(body));
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }

    /** Shrinks well. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % 26 + 'a');
        }
        return bytes;
    }

    /** Does not shrink. */
    static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Writes something, then throws. */
    static class Failing implements Compressor {

        @Override
        public CompressionType type() {
            return CompressionType.ZSTD;
        }

        @Override
        public boolean compress(byte[] body, int limit, ByteBuf out) {
            out.writeLong(0xBAD);
            throw new IllegalStateException("codec");
        }

        @Override
        public void close() {}
    }
}
