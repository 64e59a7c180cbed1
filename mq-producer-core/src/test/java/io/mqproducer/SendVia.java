package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A way to send and to learn the outcome: one engine is under all of them, so each must show the same. */
enum SendVia {
    SYNC {
        @Override
        SendResult send(MQProducer producer, Message message, SendOptions options) {
            return producer.send(message, options);
        }
    },
    ASYNC {
        @Override
        SendResult send(MQProducer producer, Message message, SendOptions options) {
            try {
                return producer.sendAsync(message, options).get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof MQProducerException failure) {
                    throw failure;
                }
                throw new AssertionError("a foreign exception", e.getCause());
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError("no outcome", e);
            }
        }
    };

    /** The outcome; failures come unwrapped. */
    abstract SendResult send(MQProducer producer, Message message, SendOptions options);

    /** The failure of a send that must fail; the form of its text is checked. */
    MQProducerException failure(MQProducer producer, Message message, SendOptions options) {
        SendResult result;
        try {
            result = send(producer, message, options);
        } catch (MQProducerException e) {
            assertTextForm(e, message.topic());
            return e;
        }
        throw new AssertionError("stored: " + result);
    }

    /** One line, bounded, without control characters, that names kind, topic, certainty and times. */
    static void assertTextForm(MQProducerException failure, String topic) {
        String certainty = failure instanceof MessageNotStoredException ? "not-stored" : "maybe-stored";
        assertThat(failure.getMessage())
                .hasSizeLessThanOrEqualTo(1024)
                .startsWith(failure.kind() + " topic=" + topic + " " + certainty + " after ")
                .containsPattern("after \\d+ ms \\(timeout \\d+ ms\\)")
                .doesNotContainPattern("\\p{Cntrl}");
    }
}
