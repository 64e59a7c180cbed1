package io.mqproducer.internal.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the properties of a message by the rules of RocketMQ's own readers: {@code name U+0001 value U+0002} each, where the
 * last U+0002 may be missing, as some versions leave it out; what has no name or no value is no property. Pure.
 */
public final class MessagePropertiesReader {

    private static final char NAME_END = '\u0001';
    private static final char VALUE_END = '\u0002';

    private MessagePropertiesReader() {}

    /** The properties in their order; of those with one name the last. */
    public static Map<String, String> read(String text) {
        Map<String, String> properties = new LinkedHashMap<>();
        int start = 0;
        while (start < text.length()) {
            int next = text.indexOf(VALUE_END, start);
            int end = next < 0 ? text.length() : next;
            int nameEnd = text.indexOf(NAME_END, start);
            if (nameEnd > start && nameEnd < end - 1) {
                properties.put(text.substring(start, nameEnd), text.substring(nameEnd + 1, end));
            }
            start = end + 1;
        }
        return properties;
    }
}
