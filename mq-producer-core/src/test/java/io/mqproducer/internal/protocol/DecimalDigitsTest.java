package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class DecimalDigitsTest {

    private final ByteBuf out = Unpooled.buffer().writerIndex(13);

    @Test
    void setsAnyFourDigitsInAnyPlaceOfThirteen() {
        for (int four = 0; four < 10_000; four++) {
            for (long place = 1; place <= 1_000_000_000; place *= 10) {
                long value = 1_000_000_000_000L + four * place % 9_000_000_000_000L;

                DecimalDigits.setThirteen(out, 0, value);

                assertThat(out.toString(US_ASCII)).isEqualTo(Long.toString(value));
            }
        }
    }

    @Test
    void setsTheLeastAndTheGreatestNumberOfThirteenDigits() {
        for (long value : new long[] {1_000_000_000_000L, 9_999_999_999_999L}) {
            DecimalDigits.setThirteen(out, 0, value);

            assertThat(out.toString(US_ASCII)).isEqualTo(Long.toString(value));
        }
    }
}
