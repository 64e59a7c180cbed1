package io.mqproducer.message;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The rules for messages that hold whatever the producer's configuration; each method throws what it names. */
final class MessageRules {

    static final int MAX_TOPIC_LENGTH = 127;

    /** Topics of the broker's own; a message sent there would be taken for one of its records. */
    private static final Set<String> SYSTEM_TOPICS = Set.of(
            "SCHEDULE_TOPIC_XXXX",
            "RMQ_SYS_TRANS_HALF_TOPIC",
            "RMQ_SYS_TRANS_OP_HALF_TOPIC",
            "TRANS_CHECK_MAX_TIME_TOPIC",
            "SELF_TEST_TOPIC",
            "OFFSET_MOVED_EVENT",
            "RMQ_SYS_ROCKSDB_TRANS_HALF_TOPIC",
            "RMQ_SYS_ROCKSDB_TRANS_OP_HALF_TOPIC");

    private static final int SHOWN = 64;

    private MessageRules() {}

    static String topic(String topic) {
        present("topic", topic);
        if (topic.isBlank()) {
            throw broken("topic", "must not be blank", shown(topic));
        }
        if (topic.length() > MAX_TOPIC_LENGTH) {
            throw broken("topic", "has a limit of " + MAX_TOPIC_LENGTH + " characters", topic.length() + " characters");
        }
        for (int i = 0; i < topic.length(); i++) {
            if (!isTopicCharacter(topic.charAt(i))) {
                throw broken("topic", "may contain letters, digits, '%', '|', '_' and '-' only", shown(topic));
            }
        }
        if (SYSTEM_TOPICS.contains(topic)) {
            throw broken("topic", "must not be one of the broker's own", topic);
        }
        return topic;
    }

    private static boolean isTopicCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '%'
                || c == '|'
                || c == '_'
                || c == '-';
    }

    static void retryTopic(String topic, boolean allowed) {
        if (!allowed && (topic.startsWith("%RETRY%") || topic.startsWith("%DLQ%"))) {
            throw broken("topic", "of a consumer group is written only with reconsumeTimes set", topic);
        }
    }

    static byte[] body(byte[] body) {
        present("body", body);
        if (body.length == 0) {
            throw new IllegalArgumentException("invalid message: message body length is zero, got 0 bytes");
        }
        return body;
    }

    static String key(String key) {
        text("key", key);
        if (key.indexOf(' ') >= 0) {
            throw broken("key", "must not contain a space, which separates keys", shown(key));
        }
        return key;
    }

    static void property(String name, String value) {
        text("property name", name);
        if (MessageProperties.isReserved(name)) {
            throw broken("property", "must not bear a name that RocketMQ reserves", name);
        }
        text("property value", value);
    }

    /** The name of a light queue: the broker separates such names by commas, and makes directories of them. */
    static String lightQueue(String field, String name) {
        text(field, name);
        if (name.indexOf(',') >= 0 || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw broken(field, "must not contain ',', '/' or '\\'", shown(name));
        }
        if (name.equals(".") || name.equals("..")) {
            throw broken(field, "must not name a directory", name);
        }
        return name;
    }

    /** Not blank, the same when read back, and nothing in it that would let it pass for other properties on the wire. */
    static String text(String field, String value) {
        present(field, value);
        if (value.isBlank()) {
            throw broken(field, "must not be blank", shown(value));
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == MessageProperties.NAME_SEPARATOR || c == MessageProperties.PROPERTY_SEPARATOR) {
                throw broken(field, "must not contain U+0001 or U+0002", shown(value));
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isSurrogatePair(c, i + 1 < value.length() ? value.charAt(i + 1) : ' ')) {
                    throw broken(field, "must not contain half a surrogate pair", shown(value));
                }
                i++;
            }
        }
        return value;
    }

    /** The texts, each of which keeps the rule, in a list that nobody can change. */
    static List<String> all(String field, String[] texts, Consumer<String> rule) {
        String[] own = present(field, texts).clone(); // nobody can change them once they are checked
        for (String text : own) {
            rule.accept(text);
        }
        return List.of(own);
    }

    static <T> T present(String field, T value) {
        if (value == null) {
            throw broken(field, "must be set", "null");
        }
        return value;
    }

    static IllegalArgumentException broken(String field, String rule, String got) {
        return new IllegalArgumentException("invalid message: " + field + " " + rule + ", got " + got);
    }

    /** In quotes, on one line, cut, and without what a terminal would obey. */
    private static String shown(String value) {
        StringBuilder text = new StringBuilder(SHOWN + 4).append('\'');
        for (int i = 0; i < Math.min(SHOWN, value.length()); i++) {
            char c = value.charAt(i);
            text.append(isHarmless(c) ? c : '?');
        }
        return text.append(value.length() > SHOWN ? "…'" : "'").toString();
    }

    private static boolean isHarmless(char c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
