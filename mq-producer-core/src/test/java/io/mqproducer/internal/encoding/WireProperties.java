package io.mqproducer.internal.encoding;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads properties by the rules of RocketMQ's brokers and consumers, on its own: it shares nothing with the writer. */
final class WireProperties {

    private WireProperties() {}

    static Map<String, String> of(OutboundMessage message) {
        ByteBuf content = message.content();
        return decode(content.toString(message.contentIndex(), message.propertiesLength(), StandardCharsets.UTF_8));
    }

    /** A segment shorter than three characters, or without name or value, is dropped; a repeated name wins. */
    static Map<String, String> decode(String properties) {
        Map<String, String> decoded = new LinkedHashMap<>();
        for (String segment : properties.split("\u0002")) {
            int end = segment.indexOf('\u0001');
            if (segment.length() >= 3 && end > 0 && end < segment.length() - 1) {
                decoded.put(segment.substring(0, end), segment.substring(end + 1));
            }
        }
        return decoded;
    }
}
