package io.mqproducer.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MessageIdGeneratorTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final long NOW = millis(LocalDateTime.of(2026, 11, 20, 6, 30));
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;

    private final MessageIdGenerator ids = new MessageIdGenerator(ZONE, new Random(53));

    @Test
    void f53_staysUniqueOverTenMillionIdsWhileTheClockJumpsBackAndForth() {
        Random random = new Random(1);
        long[] jumps = {HOUR, -HOUR, 10 * DAY, -10 * DAY, 31 * DAY, -31 * DAY, 1, 0};
        long now = NOW;
        long last = ids.next(now);
        boolean grows = true;

        for (int i = 0; i < 10_000_000; i++) {
            now += random.nextInt(100_000) == 0 ? jumps[random.nextInt(jumps.length)] : random.nextInt(2);
            long next = ids.next(now);
            grows &= next > last;
            last = next;
        }

        assertThat(grows).isTrue();
    }

    @Test
    void f53_movesOnWhereAMillisecondHasNoMoreRoom() {
        long first = ids.next(NOW);
        long last = first;

        for (int i = 0; i < 70_000; i++) {
            last = ids.next(NOW);
        }

        assertThat(last).isEqualTo(first + 70_000);
        assertThat(timeOf(last, NOW)).isEqualTo(NOW + 1);
    }

    @Test
    void f53_startsAgainAtTheTurnOfAMonthWithoutRepeating() {
        long turn = millis(LocalDateTime.of(2026, 12, 1, 0, 0));

        long before = ids.next(turn - 1);
        long after = ids.next(turn);
        long backAgain = ids.next(turn - 1);

        assertThat(timeOf(before, turn - 1)).isEqualTo(turn - 1);
        assertThat(timeOf(after, turn)).isEqualTo(turn);
        assertThat(after).isGreaterThan(before);
        assertThat(backAgain).isEqualTo(after + 1);
    }

    @Test
    void f53_isNeverNegative() {
        for (long now : new long[] {-DAY, 0, 1, NOW, millis(LocalDateTime.of(2700, 12, 31, 23, 59))}) {
            assertThat(ids.next(now)).isPositive();
        }
    }

    @Test
    void f53_isUniqueAcrossThreads() throws Exception {
        int threads = 4;
        int each = 250_000;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<long[]>> tasks = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                tasks.add(() -> drawn(each));
            }
            long[] all = new long[threads * each];
            int filled = 0;
            for (Future<long[]> result : executor.invokeAll(tasks)) {
                System.arraycopy(result.get(), 0, all, filled, each);
                filled += each;
            }

            assertThat(Arrays.stream(all).distinct().count()).isEqualTo(all.length);
        } finally {
            executor.shutdownNow();
        }
    }

    private long[] drawn(int count) {
        long[] drawn = new long[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = ids.next(NOW + i / 1_000);
        }
        return drawn;
    }

    @Test
    void readsAsRocketMqReadsIt() {
        String id = ids.toString(ids.next(NOW));

        byte[] bytes = HexFormat.of().parseHex(id);
        long sinceMonth = Integer.toUnsignedLong(Unpooled.wrappedBuffer(bytes).getInt(10));
        assertThat(id).hasSize(MessageIdGenerator.DIGITS).matches("[0-9A-F]{32}");
        assertThat(millis(LocalDateTime.of(2026, 11, 1, 0, 0)) + sinceMonth).isEqualTo(NOW);
        assertThat(Unpooled.wrappedBuffer(bytes).getShort(14)).isZero();
    }

    @Test
    void writesTheDigitsThatItShows() {
        Random random = new Random(2);
        ByteBuf out = Unpooled.directBuffer();
        try {
            for (int i = 0; i < 10_000; i++) {
                long id = random.nextLong();
                ids.writeOwnDigits(id, out.clear());

                String text = ids.toString(id);
                assertThat(ids.commonDigits() + out.toString(StandardCharsets.US_ASCII))
                        .isEqualTo(text);
                assertThat(text).endsWith(HexFormat.of().withUpperCase().toHexDigits(id));
            }
        } finally {
            out.release();
        }
    }

    @Test
    void s25_tellsNothingOfTheHost() throws Exception {
        String node = ids.toString(0).substring(0, 16);

        assertThat(node).isEqualTo(HexFormat.of().withUpperCase().toHexDigits(new Random(53).nextLong()));
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (address instanceof Inet4Address) {
                    String digits = HexFormat.of().withUpperCase().formatHex(address.getAddress());
                    assertThat(node).doesNotContain(digits);
                }
            }
        }
    }

    @Test
    void s25_namesEachProducerDifferently() {
        MessageIdGenerator other = new MessageIdGenerator(ZONE, new Random(54));

        assertThat(other.toString(1)).isNotEqualTo(ids.toString(1));
    }

    /** The time that a reader takes from an id, in the month of {@code month}. */
    private static long timeOf(long id, long month) {
        LocalDateTime first = LocalDateTime.ofInstant(Instant.ofEpochMilli(month), ZONE)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay();
        return millis(first) + (id >>> 16 & 0xFFFF_FFFFL);
    }

    private static long millis(LocalDateTime time) {
        return time.atZone(ZONE).toInstant().toEpochMilli();
    }
}
