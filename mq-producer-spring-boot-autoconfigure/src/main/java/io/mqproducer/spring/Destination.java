package io.mqproducer.spring;

import io.mqproducer.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Where a message goes, as written: {@code topic} or {@code topic:tag}. No topic contains a colon, so the first one
 * ends it.
 *
 * @param topic the topic
 * @param tag the tag, or null
 */
record Destination(String topic, @Nullable String tag) {

    static Destination parse(@Nullable String destination) {
        if (destination == null) {
            throw new IllegalArgumentException("destination must be 'topic' or 'topic:tag', got null");
        }
        int colon = destination.indexOf(':');
        return colon < 0
                ? new Destination(destination, null)
                : new Destination(destination.substring(0, colon), destination.substring(colon + 1));
    }

    /**
     * A builder for a message to this destination.
     *
     * @throws IllegalArgumentException if topic or tag breaks a rule, naming the destination as well
     */
    Message.Builder newMessage() {
        try {
            Message.Builder message = Message.builder(topic);
            return tag == null ? message : message.tag(tag);
        } catch (IllegalArgumentException e) {
            String written = tag == null ? topic : topic + ":" + tag;
            throw new IllegalArgumentException(
                    "destination " + HeaderText.shown(written) + " must be 'topic' or 'topic:tag': " + e.getMessage(),
                    e);
        }
    }
}
