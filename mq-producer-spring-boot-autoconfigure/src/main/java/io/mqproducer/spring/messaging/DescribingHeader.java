package io.mqproducer.spring.messaging;

import io.mqproducer.spring.SendSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;

/** The headers that describe a send, with the names that RocketMQ's own starter has for some of them. */
enum DescribingHeader {
    TAG(MQHeaders.TAG, "TAGS"),
    KEYS(MQHeaders.KEYS, "KEYS"),
    ORDERING_KEY(MQHeaders.ORDERING_KEY, null),
    QUEUE(MQHeaders.QUEUE, null),
    DELAY(MQHeaders.DELAY, null),
    DELIVERY_TIME(MQHeaders.DELIVERY_TIME, null),
    DELAY_LEVEL(MQHeaders.DELAY_LEVEL, "DELAY"),
    TIMEOUT(MQHeaders.TIMEOUT, null),
    MAX_RETRIES(MQHeaders.MAX_RETRIES, null),
    WAIT_FOR_STORE(MQHeaders.WAIT_FOR_STORE, "WAIT");

    private static final String FORMER_PREFIX = "rocketmq_";

    private final String name;
    private final @Nullable String former;

    DescribingHeader(String name, @Nullable String former) {
        this.name = name;
        this.former = former;
    }

    /** Our name for it, and then those that it had before. */
    List<String> names() {
        return former == null ? List.of(name) : List.of(name, FORMER_PREFIX + former, former);
    }

    boolean isDeliveryTime() {
        return this == DELAY || this == DELIVERY_TIME || this == DELAY_LEVEL;
    }

    /** The header by the first of its names that has a value, or null. */
    @Nullable
    HeaderValue in(MessageHeaders headers) {
        for (String known : names()) {
            Object value = headers.get(known);
            if (value != null && !value.toString().isBlank()) {
                return new HeaderValue(known, value);
            }
        }
        return null;
    }

    /**
     * Adds what the header says.
     *
     * @throws IllegalArgumentException if it breaks a rule, naming it
     */
    SendSpec addTo(SendSpec spec, HeaderValue value) {
        try {
            return described(spec, value);
        } catch (IllegalArgumentException e) {
            String text = String.valueOf(e.getMessage());
            throw text.startsWith("header '")
                    ? e
                    : new IllegalArgumentException("header '" + value.name() + "': " + text, e);
        }
    }

    /** RocketMQ's own starter takes level 0 for no delay. */
    private boolean isFormerlyNone(HeaderValue level) {
        return !level.name().equals(name) && level.integer() == 0;
    }

    private SendSpec described(SendSpec spec, HeaderValue value) {
        return switch (this) {
            case TAG -> spec.withTag(value.text());
            case KEYS -> spec.withKeys(value.texts());
            case ORDERING_KEY -> spec.withOrderingKey(value.text());
            case QUEUE -> spec.withQueue(value.queue());
            case DELAY -> spec.withDelay(value.duration());
            case DELIVERY_TIME -> spec.withDeliveryTime(value.instant());
            case DELAY_LEVEL -> isFormerlyNone(value) ? spec : spec.withDelayLevel(value.integer());
            case TIMEOUT -> spec.withTimeout(value.duration());
            case MAX_RETRIES -> spec.withMaxRetries(value.integer());
            case WAIT_FOR_STORE -> spec.withWaitForStore(value.flag());
        };
    }
}
