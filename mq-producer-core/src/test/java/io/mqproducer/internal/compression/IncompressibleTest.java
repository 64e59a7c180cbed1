package io.mqproducer.internal.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IncompressibleTest {

    private final Random random = new Random(20261120);

    @Test
    void recognisesRandomBytes() {
        for (int length = 512; length < 20_000; length += 97) {
            assertThat(Incompressible.looksSo(randomBytes(length))).isTrue();
        }
    }

    @Test
    void letsTextAndBase64Through() {
        byte[] text = "Ein Häuschen für 12,50 €, \"bitte\"\n".repeat(200).getBytes(UTF_8);

        assertThat(Incompressible.looksSo(text)).isFalse();
        assertThat(Incompressible.looksSo(Base64.getEncoder().encode(randomBytes(4096))))
                .isFalse();
        assertThat(Incompressible.looksSo(new byte[4096])).isFalse();
    }

    @Test
    void letsNumbersThroughWhoseLowBytesAreRandom() {
        ByteBuffer longs = ByteBuffer.allocate(8192);
        while (longs.hasRemaining()) {
            longs.putLong(random.nextInt(256));
        }

        assertThat(Incompressible.looksSo(longs.array())).isFalse();
    }

    @Test
    void letsShortBodiesThrough() {
        assertThat(Incompressible.looksSo(randomBytes(511))).isFalse();
        assertThat(Incompressible.looksSo(new byte[0])).isFalse();
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
