package io.mqproducer.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text. */
final class Digits {

    /** Keeps a number on one line of a table. */
    private static final char NO_BREAK_SPACE = '\u00a0';

    private static final int FEW = 3;
    private static final int ALL = 15;
    private static final String NO_NUMBER = "–";

    private Digits() {}

    /** Three significant digits, thousands apart: {@code 1 710 000}, {@code 0.0842}. */
    static String three(double value) {
        return Double.isFinite(value) ? grouped(plain(value, FEW)) : NO_NUMBER;
    }

    /** Whole numbers as they are, since they may be counts; others with three significant digits. */
    static String wholeOrThree(double value) {
        return value == Math.rint(value) && Double.isFinite(value) ? grouped(plain(value, ALL)) : three(value);
    }

    /** Three significant digits, or as many as it takes to be seen apart from another number. */
    static String apart(double value, double from) {
        if (!Double.isFinite(value)) {
            return NO_NUMBER;
        }
        int digits = FEW;
        while (digits < ALL && value != from && plain(value, digits).equals(plain(from, digits))) {
            digits++;
        }
        return grouped(plain(value, digits));
    }

    /** For programs to read; empty if it is no number. */
    static String exact(double value) {
        return Double.isFinite(value) ? plain(value, 6) : "";
    }

    private static String plain(double value, int digits) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP));
        return rounded.stripTrailingZeros().toPlainString();
    }

    private static String grouped(String plain) {
        int point = plain.indexOf('.');
        int first = plain.startsWith("-") ? 1 : 0;
        StringBuilder text = new StringBuilder(plain);
        for (int i = (point < 0 ? plain.length() : point) - 3; i > first; i -= 3) {
            text.insert(i, NO_BREAK_SPACE);
        }
        return text.toString();
    }
}
