package io.mqproducer.config;

import java.time.Duration;
import java.util.List;

/** The checks that settings share. Settings are named as their properties are, without {@code mq.producer.}. */
final class Rules {

    /** The limit of 5.x clients; brokers store longer ones, but their tools refuse them. */
    static final int MAX_GROUP_LENGTH = 120;

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
        if (group.length() > MAX_GROUP_LENGTH) {
            throw broken("group", group.length() + " characters", "has a limit of " + MAX_GROUP_LENGTH + " characters");
        }
        if (group.equals("DEFAULT_PRODUCER")) {
            throw broken("group", group, "must not be RocketMQ's default");
        }
    }

    static void name(String setting, String value) {
        if (value.isBlank()) {
            throw broken(setting, "'" + value + "'", "must not be blank");
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
                throw broken(setting, "'" + value + "'", "may contain letters, digits, '%', '|', '_' and '-' only");
            }
        }
    }
}
