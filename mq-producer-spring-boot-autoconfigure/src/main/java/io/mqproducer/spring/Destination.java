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

    /** A message cannot be without a body; this one never leaves. */
    static final byte[] NO_BODY_YET = {0};

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
     * A message to this destination that only wants its body.
     *
     * @throws IllegalArgumentException if topic or tag breaks a rule, naming the destination as well
     */
    Message prototype() {
        try {
            return tag == null
                    ? Message.of(topic, NO_BODY_YET)
                    : Message.builder(topic).tag(tag).body(NO_BODY_YET).build();
        } catch (IllegalArgumentException e) {
            String written = tag == null ? topic : topic + ":" + tag;
            throw new IllegalArgumentException(
                    "destination " + HeaderText.shown(written) + " must be 'topic' or 'topic:tag': " + e.getMessage(),
                    e);
        }
    }
}
