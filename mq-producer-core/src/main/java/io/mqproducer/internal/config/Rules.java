package io.mqproducer.internal.config;

import java.time.Duration;
import java.util.List;

/** The checks that settings share. Settings are named as their properties are, without {@code mq.producer.}. */
final class Rules {

    /** The limit of 5.x clients; brokers store longer ones, but their tools refuse them. */
    static final int MAX_GROUP_LENGTH = 120;

    private static final int SHOWN = 100;

    private static final Duration LONGEST = Duration.ofDays(365);

    private Rules() {}

    static IllegalArgumentException broken(String setting, Object value, String rule) {
        return new IllegalArgumentException(setting + " " + rule + ", got " + value);
    }

    static void atLeast(String setting, long value, long least) {
        if (value < least) {
            throw broken(setting, value, "must be at least " + least);
        }
    }

    static void between(String setting, long value, long least, long most) {
        if (value < least || value > most) {
            throw broken(setting, value, "must be " + least + " to " + most);
        }
    }

    static void positive(String setting, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw broken(setting, value, "must be positive");
        }
        atMost(setting, value);
    }

    /** So long that it may as well be for ever, and short enough for the monotonic clock. */
    static void atMost(String setting, Duration value) {
        if (value.compareTo(LONGEST) > 0) {
            throw broken(setting, value, "must be at most " + LONGEST);
        }
    }

    static void ascending(String setting, List<Duration> values) {
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i).compareTo(values.get(i - 1)) <= 0) {
                throw broken(setting, values, "must ascend");
            }
        }
    }

    static void group(String group) {
        name("group", group);
        groupLength("group", group.length());
        if (group.equals("DEFAULT_PRODUCER")) {
            throw broken("group", group, "must not be RocketMQ's default");
        }
    }

    static void groupLength(String setting, int length) {
        if (length > MAX_GROUP_LENGTH) {
            throw broken(setting, length + " characters", "has a limit of " + MAX_GROUP_LENGTH + " characters");
        }
    }

    /** The length of a group's name as the servers know it: one that bears the namespace already gets no second. */
    static int wrappedLength(String namespace, String group) {
        return group.startsWith(namespace + "%") ? group.length() : namespace.length() + 1 + group.length();
    }

    /** What goes on the wire and into logs as it is. */
    static void text(String setting, String value) {
        if (value.isBlank()) {
            throw broken(setting, "'" + shown(value) + "'", "must not be blank");
        }
        if (value.chars().anyMatch(Rules::isObeyed)) {
            throw broken(setting, "'" + shown(value) + "'", "must not contain control characters");
        }
    }

    /** Without what would break a line or be obeyed by a terminal. */
    private static String shown(String value) {
        StringBuilder text = new StringBuilder();
        value.chars().limit(SHOWN).forEach(c -> text.append(isObeyed(c) ? '?' : (char) c));
        return text.append(value.length() > SHOWN ? "…" : "").toString();
    }

    private static boolean isObeyed(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    static void name(String setting, String value) {
        if (value.isBlank()) {
            throw broken(setting, "'" + shown(value) + "'", "must not be blank");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean legal = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '%'
                    || c == '|'
                    || c == '_'
                    || c == '-';
            if (!legal) {
                throw broken(
                        setting, "'" + shown(value) + "'", "may contain letters, digits, '%', '|', '_' and '-' only");
            }
        }
    }
}
