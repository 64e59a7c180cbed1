package io.mqproducer.recording;

import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.SendMode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on one {@link RecordedSend}. */
public final class RecordedSendAssert extends AbstractAssert<RecordedSendAssert, RecordedSend> {

    RecordedSendAssert(@Nullable RecordedSend actual) {
        super(actual, RecordedSendAssert.class);
    }

    /** It was sent in this mode. */
    public RecordedSendAssert wasSentIn(SendMode mode) {
        return expect("mode", mode, send().mode());
    }

    /** Its topic. */
    public RecordedSendAssert hasTopic(String topic) {
        return expect("topic", topic, send().topic());
    }

    /** Its tag. */
    public RecordedSendAssert hasTag(String tag) {
        return expect("tag", Optional.of(tag), send().message().tag());
    }

    /** Its keys, all of them and in this order. */
    public RecordedSendAssert hasKeys(String... keys) {
        return expect("keys", List.of(keys), send().message().keys());
    }

    /** Its ordering key. */
    public RecordedSendAssert hasOrderingKey(String orderingKey) {
        return expect("ordering key", Optional.of(orderingKey), send().message().orderingKey());
    }

    /** When it is to be delivered. */
    public RecordedSendAssert hasDelivery(DeliveryTime delivery) {
        return expect("delivery", delivery, send().message().delivery());
    }

    /** One of its user properties. */
    public RecordedSendAssert hasProperty(String name, String value) {
        return expect("property " + name, value, send().message().properties().get(name));
    }

    /** Its body as UTF-8; JSON is written by the application's mapper. */
    public RecordedSendAssert hasText(String text) {
        return expect("text", text, send().text());
    }

    private RecordedSend send() {
        isNotNull();
        return actual;
    }

    private RecordedSendAssert expect(String what, Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            throw failureWithActualExpected(
                    String.valueOf(found),
                    expected,
                    "Expected %s of%n  %s%nto be %s, but it is %s",
                    what,
                    actual,
                    expected,
                    found);
        }
        return this;
    }
}
