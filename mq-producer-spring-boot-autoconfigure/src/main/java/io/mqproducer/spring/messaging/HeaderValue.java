package io.mqproducer.spring.messaging;

import io.mqproducer.message.MessageQueue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.stream.Stream;

/** The value of a header that describes the send, in whatever form it was given; what is none names the header. */
record HeaderValue(String name, Object value) {

    private static final int SHOWN = 64;

    private static final String DURATION = "be a Duration, its text such as PT30S, or milliseconds";
    private static final String INSTANT =
            "be an Instant, its text such as 2026-11-20T12:00:00Z, a Date, or milliseconds";

    String text() {
        return value.toString();
    }

    String[] texts() {
        if (value instanceof Collection<?> several) {
            return several.stream().map(this::element).toArray(String[]::new);
        }
        if (value instanceof Object[] several) {
            return Stream.of(several).map(this::element).toArray(String[]::new);
        }
        return text().strip().split("\\s+");
    }

    private String element(Object element) {
        if (element == null) {
            throw refused("hold no null");
        }
        return element.toString();
    }

    Duration duration() {
        if (value instanceof Duration duration) {
            return duration;
        }
        if (value instanceof Number millis) {
            return Duration.ofMillis(millis.longValue());
        }
        try {
            return isDigits() ? Duration.ofMillis(Long.parseLong(text())) : Duration.parse(text());
        } catch (DateTimeException | NumberFormatException e) {
            throw refused(DURATION);
        }
    }

    Instant instant() {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof Date date) {
            return date.toInstant();
        }
        if (value instanceof Number millis) {
            return Instant.ofEpochMilli(millis.longValue());
        }
        try {
            return isDigits() ? Instant.ofEpochMilli(Long.parseLong(text())) : Instant.parse(text());
        } catch (DateTimeException | NumberFormatException e) {
            throw refused(INSTANT);
        }
    }

    private boolean isDigits() {
        return text().chars().allMatch(c -> c >= '0' && c <= '9');
    }

    int integer() {
        try {
            return value instanceof Number number ? Math.toIntExact(number.longValue()) : Integer.parseInt(text());
        } catch (ArithmeticException | NumberFormatException e) {
            throw refused("be an integer");
        }
    }

    boolean flag() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused("be true or false");
        };
    }

    MessageQueue queue() {
        if (value instanceof MessageQueue queue) {
            return queue;
        }
        throw refused("be a MessageQueue");
    }

    private IllegalArgumentException refused(String rule) {
        return new IllegalArgumentException("header '" + name + "' must " + rule + ", got " + shown(text()));
    }

    /** In quotes, cut, and without what a terminal would obey. */
    static String shown(String text) {
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return "'" + cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?") + "'";
    }
}
