package io.mqproducer.internal.encoding;

import io.mqproducer.internal.util.HexDigits;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Gives the messages of one producer their unique ids ({@code UNIQ_KEY}).
 *
 * <p>An id is 16 bytes, shown as 32 hexadecimal digits. RocketMQ's readers take the time from the last six: four with
 * the milliseconds since the first of the month, two with a counter. The ten before name the producer; here they say
 * nothing about host or process: eight are random, two number the month. So month, milliseconds and counter are one
 * 64-bit number that only ever grows: a clock that goes back, the turn of a month, or more ids than a millisecond has
 * room for never repeat one.
 *
 * <p>Thread-safe and lock-free. Nothing is allocated but the text, where one is asked for.
 */
public final class MessageIdGenerator {

    /** Digits of an id. */
    public static final int DIGITS = 32;

    private static final int COUNTER_BITS = 16;
    private static final int MONTH_SHIFT = 48;

    private final long node;
    private final ZoneId zone;
    private final AtomicLong last = new AtomicLong();
    private volatile Month month;

    /**
     * A generator of its own node.
     *
     * @param zone whose months count; that of the machines that read the ids
     * @param random names the node: one producer must not get the same 64 bits as another
     */
    public MessageIdGenerator(ZoneId zone, RandomGenerator random) {
        this.zone = zone;
        this.node = random.nextLong();
        this.month = Month.of(0, zone);
    }

    /**
     * The next id, greater than all before it.
     *
     * @param now milliseconds since the epoch; may go back
     */
    public long next(long now) {
        long earliest = earliest(now);
        long next = last.incrementAndGet();
        while (next < earliest) { // the first of its millisecond
            if (last.compareAndSet(next, earliest)) {
                return earliest;
            }
            next = last.incrementAndGet();
        }
        return next;
    }

    private long earliest(long now) {
        Month current = month;
        if (now < current.start || now >= current.end) {
            current = Month.of(now, zone);
            month = current;
        }
        return current.number << MONTH_SHIFT | (now - current.start) << COUNTER_BITS;
    }

    /** The digits with which all ids begin. */
    String commonDigits() {
        return toString(0).substring(0, DIGITS / 2);
    }

    /** Appends the digits of an id that follow the {@link #commonDigits common} ones. */
    void writeOwnDigits(long id, ByteBuf out) {
        out.writeLong(HexDigits.of((int) (id >>> Integer.SIZE)));
        out.writeLong(HexDigits.of((int) id));
    }

    /** The digits of an id. */
    public String toString(long id) {
        return HexDigits.text(node, id);
    }

    /** A month: its first millisecond, that of the next one, and its number since the year 0. */
    private record Month(long start, long end, long number) {

        static Month of(long now, ZoneId zone) {
            LocalDate first =
                    LocalDate.ofInstant(Instant.ofEpochMilli(now), zone).withDayOfMonth(1);
            return new Month(
                    first.atStartOfDay(zone).toInstant().toEpochMilli(),
                    first.plusMonths(1).atStartOfDay(zone).toInstant().toEpochMilli(),
                    first.getYear() * 12L + first.getMonthValue() - 1);
        }
    }
}
