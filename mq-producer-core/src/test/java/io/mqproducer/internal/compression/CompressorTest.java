package io.mqproducer.internal.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import io.mqproducer.config.CompressionType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.InflaterInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressorTest {

    private static final byte[] GOLDEN_BODY = "a".repeat(64).getBytes(UTF_8);

    private final Random random = new Random(20261120);

    @Test
    void makesTheZlibStreamOfTheOfficialClient() {
        assertThat(compressedHex(CompressionType.ZLIB, GOLDEN_BODY)).isEqualTo("785e4b4ca40c0000148d1841");
    }

    @Test
    void makesTheLz4FrameOfTheOfficialClient() {
        assertThat(compressedHex(CompressionType.LZ4, GOLDEN_BODY))
                .isEqualTo("04224d186070730b0000001f6101002750616161616100000000");
    }

    /** The official client streams and flushes, which costs 9 bytes; any reader takes either. */
    @Test
    void makesAShorterZstdFrameThanTheOfficialClient() throws IOException {
        String official = "28b52ffd00584400001061610100930016010000";

        String ours = compressedHex(CompressionType.ZSTD, GOLDEN_BODY);

        assertThat(inflate(CompressionType.ZSTD, ByteBufUtil.decodeHexDump(official)))
                .isEqualTo(GOLDEN_BODY);
        assertThat(ours).startsWith("28b52ffd").hasSizeLessThan(official.length());
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void makesBodiesOfAllLengthsReadableAgain(CompressionType type) throws IOException {
        try (Compressor compressor = Compressor.of(type, 5)) {
            for (int length : new int[] {200, 511, 512, 4096, 65_535, 1 << 20, (4 << 20) - 1, 4 << 20, 9 << 20}) {
                byte[] body = text(length);

                assertThat(inflate(type, compressed(compressor, body))).isEqualTo(body);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void appendsToMemoryOfEitherKind(CompressionType type) throws IOException {
        byte[] body = text(5000);
        try (Compressor compressor = Compressor.of(type, 3)) {
            for (ByteBuf out : List.of(
                    Unpooled.buffer(8), Unpooled.directBuffer(8), PooledByteBufAllocator.DEFAULT.directBuffer(8))) {
                out.writeInt(42);

                assertThat(compressor.compress(body, out)).isTrue();

                assertThat(out.readInt()).isEqualTo(42);
                assertThat(inflate(type, ByteBufUtil.getBytes(out))).isEqualTo(body);
                out.release();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = CompressionType.class, names = "LZ4", mode = EnumSource.Mode.EXCLUDE)
    void slowOnesGoFromMemoryToMemoryOutsideTheHeap(CompressionType type) throws IOException {
        byte[] body = text(5000);
        byte[] noise = new byte[5000];
        random.nextBytes(noise);
        ByteBuf source = Unpooled.directBuffer().writeInt(42).writeBytes(body).writeBytes(noise);
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(8).writeInt(42);
        try (SlowCompressor compressor = (SlowCompressor) Compressor.of(type, 3)) {
            ByteBuffer all = source.nioBuffer();

            assertThat(compressor.compress(all.duplicate().position(4).limit(5004), out))
                    .isTrue();

            assertThat(out.readInt()).isEqualTo(42);
            assertThat(out.readableBytes()).isLessThan(5000);
            assertThat(inflate(type, ByteBufUtil.getBytes(out))).isEqualTo(body);
            assertThat(compressor.compress(all.duplicate().position(5004), out.clear()))
                    .as("noise")
                    .isFalse();
            assertThat(compressor.compress(all.duplicate().position(4).limit(4), out))
                    .as("nothing")
                    .isFalse();
            assertThat(out.isReadable()).isFalse();
        } finally {
            source.release();
            out.release();
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void f87_leavesBodiesAloneThatDoNotGetSmaller(CompressionType type) {
        try (Compressor compressor = Compressor.of(type, 5)) {
            for (int length : new int[] {0, 1, 2, 11, 15, 16, 100, 500, 512, 4096, 100_000}) {
                byte[] body = new byte[length];
                random.nextBytes(body);
                byte[] before = body.clone();
                ByteBuf out = Unpooled.buffer().writeInt(42);

                assertThat(compressor.compress(body, out)).isFalse();

                assertThat(out.readableBytes()).isEqualTo(Integer.BYTES);
                assertThat(out.readInt()).isEqualTo(42);
                assertThat(body).isEqualTo(before);
                out.release();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void f87_saysYesOnlyIfItGotSmaller(CompressionType type) throws IOException {
        try (Compressor compressor = Compressor.of(type, 1)) {
            for (int length = 1; length < 120; length++) {
                byte[] body = text(length);
                ByteBuf out = Unpooled.buffer();

                if (compressor.compress(body, out)) {
                    assertThat(out.readableBytes()).isLessThan(length);
                    assertThat(inflate(type, ByteBufUtil.getBytes(out))).isEqualTo(body);
                } else {
                    assertThat(out.isReadable()).isFalse();
                }
                out.release();
            }
        }
    }

    @Test
    void f87_storesAnLz4BlockThatDoesNotShrinkBesideOneThatDoes() throws IOException {
        byte[] body = text(9 << 20);
        byte[] noise = new byte[4 << 20];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, body, 4 << 20, noise.length);

        byte[] frame;
        try (Compressor compressor = Compressor.of(CompressionType.LZ4, 0)) {
            frame = compressed(compressor, body);
        }

        assertThat(frame).hasSizeLessThan(body.length).hasSizeGreaterThan(noise.length);
        assertThat(inflate(CompressionType.LZ4, frame)).isEqualTo(body);
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void servesManyThreadsAndMayBeClosedUnderThem(CompressionType type) throws Exception {
        byte[] body = text(20_000);
        Compressor compressor = Compressor.of(type, 5);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<byte[]>> results = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                results.add(threads.submit(() -> compressed(compressor, body)));
            }
            results.get(100).get();
            compressor.close();
            for (Future<byte[]> result : results) {
                assertThat(inflate(type, result.get())).isEqualTo(body);
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 10, 99})
    void refusesALevelThatZlibDoesNotHave(int level) {
        assertThatThrownBy(() -> Compressor.of(CompressionType.ZLIB, level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("" + level);
    }

    @Test
    void refusesALevelThatZstdDoesNotHave() {
        assertThatThrownBy(() -> Compressor.of(CompressionType.ZSTD, 23)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String compressedHex(CompressionType type, byte[] body) {
        try (Compressor compressor = Compressor.of(type, 5)) {
            return ByteBufUtil.hexDump(compressed(compressor, body));
        }
    }

    private static byte[] compressed(Compressor compressor, byte[] body) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer();
        try {
            assertThat(compressor.compress(body, out)).isTrue();
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    private static byte[] inflate(CompressionType type, byte[] compressed) throws IOException {
        InputStream bytes = new ByteArrayInputStream(compressed);
        try (InputStream inflating = switch (type) {
            case LZ4 -> new LZ4FrameInputStream(bytes);
            case ZSTD -> new ZstdInputStream(bytes);
            case ZLIB -> new InflaterInputStream(bytes);
        }) {
            return inflating.readAllBytes();
        }
    }

    private byte[] text(int length) {
        byte[] body = new byte[length];
        byte[] word = "{\"orderId\":".getBytes(UTF_8);
        for (int i = 0; i < length; i++) {
            body[i] = i % 16 < word.length ? word[i % 16] : (byte) ('0' + random.nextInt(10));
        }
        return body;
    }
}
