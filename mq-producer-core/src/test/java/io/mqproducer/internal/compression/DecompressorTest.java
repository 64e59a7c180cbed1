package io.mqproducer.internal.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import com.sun.management.ThreadMXBean;
import io.mqproducer.config.CompressionType;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecompressorTest {

    private static final int MIB = 1024 * 1024;

    private final Decompressor decompressor = new Decompressor(16 * MIB);
    private final Random random = new Random(20261120);

    @ParameterizedTest
    @CsvSource({
        "ZLIB, 785e4b4ca40c0000148d1841",
        "LZ4, 04224d186070730b0000001f6101002750616161616100000000",
        "ZSTD, 28b52ffd00584400001061610100930016010000"
    })
    void readsWhatTheOfficialClientMakes(CompressionType type, String hex) throws DecompressionException {
        assertThat(decompressor.decompress(type, ByteBufUtil.decodeHexDump(hex)))
                .isEqualTo("a".repeat(64).getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void restoresBodiesOfAllLengthsAndKinds(CompressionType type) throws Exception {
        for (int length : new int[] {0, 1, 2, 15, 16, 255, 256, 257, 5000, 70_000, 5 * MIB}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            for (byte[] body : new byte[][] {text(length), noise, new byte[length]}) {
                assertThat(decompressor.decompress(type, streamed(type, body))).isEqualTo(body);
            }
        }
    }

    @Test
    void readsLz4FramesWithSizesAndChecksums() throws Exception {
        byte[] body = text(300_000);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try (OutputStream out = new LZ4FrameOutputStream(
                frame,
                BLOCKSIZE.SIZE_64KB,
                body.length,
                FLG.Bits.BLOCK_INDEPENDENCE,
                FLG.Bits.BLOCK_CHECKSUM,
                FLG.Bits.CONTENT_CHECKSUM,
                FLG.Bits.CONTENT_SIZE)) {
            out.write(body);
        }

        assertThat(decompressor.decompress(CompressionType.LZ4, frame.toByteArray()))
                .isEqualTo(body);
    }

    /** C's library links blocks unless told otherwise: the second one here is a match in the first. */
    @Test
    void readsLz4FramesWhoseBlocksReferToEachOther() throws Exception {
        String frame = "04224d18" + "407073" // no independence
                + "06000000" + "50" + "6162636465" // "abcde"
                + "06000000" + "02" + "0500" + "20" + "7879" // six bytes from five before: "abcdea", then "xy"
                + "00000000";

        assertThat(decompressor.decompress(CompressionType.LZ4, ByteBufUtil.decodeHexDump(frame)))
                .isEqualTo("abcdeabcdeaxy".getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void f83_s16_aBodyMayBecomeAsLargeAsTheBudgetAndNotAByteLarger(CompressionType type) throws Exception {
        for (int budget : new int[] {1, 255, 256, 4096, 70_000}) {
            Decompressor limited = new Decompressor(budget);

            assertThat(limited.decompress(type, streamed(type, text(budget)))).hasSize(budget);
            byte[] tooLarge = streamed(type, text(budget + 1));
            assertThatThrownBy(() -> limited.decompress(type, tooLarge))
                    .isInstanceOf(DecompressionException.class)
                    .hasMessage("becomes larger than " + budget + " bytes");
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void f83_s16_aBombIsRefusedWithoutTakingMoreThanTheBudget(CompressionType type) throws Exception {
        int budget = 4 * MIB;
        byte[] bomb = streamed(type, new byte[200 * MIB]);
        Decompressor limited = new Decompressor(budget);
        assertThatThrownBy(() -> limited.decompress(type, bomb)).isInstanceOf(DecompressionException.class);

        long allocated = allocatedBy(() -> assertThatThrownBy(() -> limited.decompress(type, bomb))
                .hasMessageContaining("becomes larger than " + budget));

        assertThat(bomb).hasSizeLessThan(MIB);
        assertThat(allocated).isLessThan(3L * budget); // a growing array is copied on its way
    }

    /** A window of 128 MiB outside the heap, for 20 bytes, is what reading it as a stream would take. */
    @Test
    void s16_aZstdFrameThatAsksForAHugeWindowTakesNone() throws Exception {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(frame, 1)) {
            out.setLong(27);
            out.write("hello".getBytes(UTF_8));
        }

        assertThat(decompressor.decompress(CompressionType.ZSTD, frame.toByteArray()))
                .isEqualTo("hello".getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void s16_aDamagedBodyIsRestoredToSomethingOrRefused(CompressionType type) throws Exception {
        Decompressor limited = new Decompressor(4096);
        byte[] whole = streamed(type, text(3000));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = damaged(whole);
            try {
                assertThat(limited.decompress(type, damaged)).hasSizeLessThanOrEqualTo(4096);
            } catch (DecompressionException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void s16_aCutBodyIsRefused(CompressionType type) throws Exception {
        byte[] whole = streamed(type, text(3000));
        for (int length = 0; length < whole.length - 8; length += 7) { // beyond are checksums and end marks
            byte[] cut = Arrays.copyOf(whole, length);

            assertThatThrownBy(() -> decompressor.decompress(type, cut)).isInstanceOf(DecompressionException.class);
        }
    }

    @Test
    void s16_aZlibStreamThatNeedsADictionaryIsRefused() {
        Deflater deflater = new Deflater();
        deflater.setDictionary("hello".getBytes(UTF_8));
        deflater.setInput("hello hello".getBytes(UTF_8));
        deflater.finish();
        byte[] out = new byte[100];
        byte[] stream = Arrays.copyOf(out, deflater.deflate(out));
        deflater.end();

        assertThatThrownBy(() -> decompressor.decompress(CompressionType.ZLIB, stream))
                .isInstanceOf(DecompressionException.class);
    }

    @Test
    void s16_lengthsThatOverflowAreRefused() {
        byte[] lengths = new byte[9 * MIB];
        Arrays.fill(lengths, (byte) 0xFF);
        byte[] head = ByteBufUtil.decodeHexDump("04224d186070730000900010");
        System.arraycopy(head, 0, lengths, 0, head.length);
        lengths[7] = (byte) 0xF0;
        lengths[8] = (byte) 0xFF;
        lengths[9] = (byte) 0x8F;
        lengths[10] = 0;

        assertThatThrownBy(() -> decompressor.decompress(CompressionType.LZ4, lengths))
                .isInstanceOf(DecompressionException.class);
    }

    private byte[] damaged(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, Math.max(1, at));
            } else {
                bytes[at] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }

    /** Compressed by others than us, as streams of which nobody knew the length. */
    private static byte[] streamed(CompressionType type, byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = switch (type) {
            case ZLIB -> new DeflaterOutputStream(compressed);
            case LZ4 -> new LZ4FrameOutputStream(compressed, BLOCKSIZE.SIZE_4MB, FLG.Bits.BLOCK_INDEPENDENCE);
            case ZSTD -> new ZstdOutputStream(compressed, Zstd.defaultCompressionLevel());
        }) {
            out.write(body);
        }
        return compressed.toByteArray();
    }

    private byte[] text(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) "etaoin shrdlu".charAt(random.nextInt(13));
        }
        return text;
    }

    private static long allocatedBy(Runnable code) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        code.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
