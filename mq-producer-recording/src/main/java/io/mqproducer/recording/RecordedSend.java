package io.mqproducer.recording;

import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import java.nio.charset.StandardCharsets;

/**
 * One message as a {@link RecordingMQProducer} was asked to send it.
 *
 * @param mode how it was sent; each message of a batch is a send of mode {@code BATCH}
 * @param message what was sent
 * @param options how it was to be sent
 */
public record RecordedSend(SendMode mode, Message message, SendOptions options) {

    /** Its topic. */
    public String topic() {
        return message.topic();
    }

    /** Its body as UTF-8. */
    public String text() {
        return new String(message.body(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return mode + " " + message + " " + text();
    }
}
