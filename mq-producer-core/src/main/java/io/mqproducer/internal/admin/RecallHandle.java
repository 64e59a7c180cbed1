package io.mqproducer.internal.admin;

import io.mqproducer.internal.util.PrintableText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a broker gave out for a message with a delivery time: Base64 of {@code v1 topic brokerName deliverTime msgId}.
 *
 * @param topic as the servers know it
 * @param text as the broker gave it out
 */
record RecallHandle(String topic, String brokerName, String msgId, String text) {

    private static final int PARTS = 5;
    private static final int MAX_LENGTH = 1024;
    private static final int SHOWN = 64;

    /**
     * Reads a handle.
     *
     * @throws IllegalArgumentException if it is none, naming the rule that it breaks
     */
    static RecallHandle parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw broken("must have 1 to " + MAX_LENGTH + " characters", text);
        }
        String[] parts = decode(text).split(" ", -1);
        if (!parts[0].equals("v1")) {
            throw broken("must be of version v1 once decoded", text);
        }
        if (parts.length != PARTS) {
            throw broken("must have " + PARTS + " parts once decoded, has " + parts.length, text);
        }
        for (String part : parts) {
            if (part.isEmpty()) {
                throw broken("must not have an empty part once decoded", text);
            }
        }
        if (!parts[3].matches("[0-9]{1,18}")) {
            throw broken("must have a time in milliseconds once decoded", text);
        }
        return new RecallHandle(parts[1], parts[2], parts[4], text);
    }

    private static String decode(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw broken("must be what SendResult.recallHandle told, URL-safe Base64 of UTF-8", text);
        }
    }

    private static IllegalArgumentException broken(String rule, String text) {
        return new IllegalArgumentException("recall handle " + rule + ", got '" + PrintableText.of(text, SHOWN) + "'");
    }
}
