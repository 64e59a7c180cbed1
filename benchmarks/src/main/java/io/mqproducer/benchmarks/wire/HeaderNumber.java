package io.mqproducer.benchmarks.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Finds one number of a JSON header, quoted or not, without reading the rest. Belongs to one connection, whose other side
 * writes its headers alike: where the number ended last time is looked at first.
 */
public final class HeaderNumber {

    private final byte[] member;
    private int distance;

    public HeaderNumber(String name) {
        this.member = ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    /** The number nearest to the start, or {@code otherwise} if there is none. */
    public int first(ByteBuf in, int from, int to, int otherwise) {
        for (int at = from; at <= to - member.length; at++) {
            if (isMember(in, at)) {
                return number(in, at + member.length, to);
            }
        }
        return otherwise;
    }

    /** The number nearest to the end, or {@code otherwise} if there is none. */
    public int last(ByteBuf in, int from, int to, int otherwise) {
        int at = guess(in, from, to);
        if (at < 0) {
            at = to - member.length;
            while (at >= from && !isMember(in, at)) {
                at--;
            }
            if (at < from) {
                return otherwise;
            }
            distance = to - numberEnd(in, at + member.length, to);
        }
        return number(in, at + member.length, to);
    }

    /** Where the member starts if its number ends as far from the end as that of the header before, else -1. */
    private int guess(ByteBuf in, int from, int to) {
        int at = to - distance - 1;
        while (at >= from && isOfNumber(in.getByte(at))) {
            at--;
        }
        int start = at + 1 - member.length;
        return start >= from && isMember(in, start) && numberEnd(in, at + 1, to) == to - distance ? start : -1;
    }

    private boolean isMember(ByteBuf in, int at) {
        for (int i = 0; i < member.length; i++) {
            if (in.getByte(at + i) != member[i]) {
                return false;
            }
        }
        return true;
    }

    private static int numberEnd(ByteBuf in, int at, int to) {
        int end = at;
        while (end < to && isOfNumber(in.getByte(end))) {
            end++;
        }
        return end;
    }

    private static boolean isOfNumber(byte character) {
        return (character >= '0' && character <= '9') || character == '-';
    }

    private static int number(ByteBuf in, int start, int to) {
        int at = in.getByte(start) == '"' ? start + 1 : start;
        boolean negative = in.getByte(at) == '-';
        if (negative) {
            at++;
        }
        int value = 0;
        for (; at < to; at++) {
            int digit = in.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = 10 * value + digit;
        }
        return negative ? -value : value;
    }
}
