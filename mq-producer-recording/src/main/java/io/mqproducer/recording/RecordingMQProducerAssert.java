package io.mqproducer.recording;

import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/** Assertions on what a {@link RecordingMQProducer} was asked to send, as {@code assertThat(producer)} gives them. */
public final class RecordingMQProducerAssert extends AbstractAssert<RecordingMQProducerAssert, RecordingMQProducer> {

    RecordingMQProducerAssert(RecordingMQProducer actual) {
        super(actual, RecordingMQProducerAssert.class);
    }

    /** Not one message, in no mode. */
    public RecordingMQProducerAssert hasSentNothing() {
        return hasSent(0);
    }

    /** So many messages, in all modes together. */
    public RecordingMQProducerAssert hasSent(int messages) {
        List<RecordedSend> sends = actual.sends();
        if (sends.size() != messages) {
            throw failure(
                    "Expected %d messages to be sent, but there are %d:%n%s", messages, sends.size(), lines(sends));
        }
        return this;
    }

    /** Exactly one message to this topic, to be looked at further. */
    public RecordedSendAssert hasSentOneTo(String topic) {
        List<RecordedSend> sends = to(topic);
        if (sends.size() != 1) {
            throw failure(
                    "Expected one message to be sent to %s, but there are %d; all messages:%n%s",
                    topic, sends.size(), lines(actual.sends()));
        }
        return new RecordedSendAssert(sends.get(0));
    }

    /** The messages to this topic, in the order of the calls, for all that lists can be asked. */
    public ListAssert<RecordedSend> sendsTo(String topic) {
        return Assertions.assertThat(to(topic)).as("messages sent to %s", topic);
    }

    private List<RecordedSend> to(String topic) {
        isNotNull();
        return actual.sends().stream()
                .filter(send -> send.topic().equals(topic))
                .toList();
    }

    private static String lines(List<RecordedSend> sends) {
        StringBuilder lines = new StringBuilder();
        sends.forEach(send -> lines.append("  ").append(send).append('\n'));
        return lines.toString();
    }
}
