package io.mqproducer.spring.messaging;

import io.mqproducer.message.MessageProperties;
import io.mqproducer.message.MessageView;
import io.mqproducer.spring.SendSpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.core.AbstractMessageSendingTemplate;

/**
 * Takes headers for what they say.
 *
 * <p>To be sent: those of {@link MQHeaders} describe the send, as do {@code TAGS}, {@code KEYS}, {@code DELAY} (a level) and {@code
 * WAIT}, with or without the prefix {@code rocketmq_}, that applications of RocketMQ's own starter set. All others become user
 * properties of their name, as {@link SendSpec#withHeader} does it: null and blank values are left out, and names that RocketMQ
 * reserves are refused. Never sent are {@code id}, {@code timestamp}, {@code replyChannel}, {@code errorChannel} and {@code
 * conversionHint}, which mean something in this process only, and what begins with {@link MQHeaders#RECEIVED}; {@code contentType}
 * is sent if the mapper is told to.
 *
 * <p>That came: user properties under their names, and the {@code RECEIVED} headers of {@link MQHeaders}.
 */
public class DefaultMQHeaderMapper implements MQHeaderMapper {

    private static final Set<String> OF_THIS_PROCESS = Set.of(
            MessageHeaders.ID,
            MessageHeaders.TIMESTAMP,
            MessageHeaders.REPLY_CHANNEL,
            MessageHeaders.ERROR_CHANNEL,
            AbstractMessageSendingTemplate.CONVERSION_HINT_HEADER);

    private static final Map<String, DescribingHeader> DESCRIBING = Arrays.stream(DescribingHeader.values())
            .flatMap(header -> header.names().stream().map(name -> Map.entry(name, header)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final boolean contentTypeEnabled;

    /** A mapper that does not send {@code contentType}. */
    public DefaultMQHeaderMapper() {
        this(false);
    }

    /** A mapper that sends {@code contentType} or does not. */
    public DefaultMQHeaderMapper(boolean contentTypeEnabled) {
        this.contentTypeEnabled = contentTypeEnabled;
    }

    @Override
    public SendSpec toSpec(MessageHeaders headers, SendSpec spec) {
        Set<DescribingHeader> describing = EnumSet.noneOf(DescribingHeader.class);
        Map<String, Object> properties = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            DescribingHeader header = DESCRIBING.get(name);
            if (header != null) {
                describing.add(header);
            } else if (isProperty(name)) {
                properties.put(name, value);
            }
        });
        SendSpec described = properties.isEmpty() ? spec : spec.withHeaders(properties);
        HeaderValue delivery = null;
        for (DescribingHeader header : describing) {
            HeaderValue value = header.in(headers);
            if (value == null) {
                continue;
            }
            if (header.isDeliveryTime()) {
                requireNone(delivery, value);
                delivery = value;
            }
            described = header.addTo(described, value);
        }
        return described;
    }

    private static void requireNone(@Nullable HeaderValue first, HeaderValue second) {
        if (first != null) {
            throw new IllegalArgumentException("headers '" + first.name() + "' and '" + second.name()
                    + "' exclude each other: a message has one delivery time");
        }
    }

    private boolean isProperty(String name) {
        if (OF_THIS_PROCESS.contains(name) || name.startsWith(MQHeaders.RECEIVED)) {
            return false;
        }
        if (name.equals(MessageHeaders.CONTENT_TYPE)) {
            return contentTypeEnabled;
        }
        if (name.startsWith(MQHeaders.PREFIX)) {
            throw new IllegalArgumentException(
                    "header " + HeaderValue.shown(name) + " must be one of MQHeaders, as it begins with '"
                            + MQHeaders.PREFIX + "': "
                            + DESCRIBING.keySet().stream()
                                    .filter(known -> known.startsWith(MQHeaders.PREFIX))
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        return true;
    }

    @Override
    public Map<String, Object> toHeaders(MessageView message) {
        Map<String, Object> headers = new HashMap<>();
        message.properties().forEach((name, value) -> {
            if (!MessageProperties.isReserved(name)) {
                headers.put(name, value);
            }
        });
        headers.put(MQHeaders.RECEIVED_PROPERTIES, message.properties());
        headers.put(MQHeaders.RECEIVED_TOPIC, message.topic());
        headers.put(MQHeaders.RECEIVED_MESSAGE_ID, message.msgId());
        headers.put(MQHeaders.RECEIVED_FLAG, message.flag());
        headers.put(MQHeaders.RECEIVED_RECONSUME_TIMES, message.reconsumeTimes());
        headers.put(MQHeaders.RECEIVED_BORN_TIME, message.bornTime());
        headers.put(MQHeaders.RECEIVED_STORE_TIME, message.storeTime());
        message.tag().ifPresent(tag -> headers.put(MQHeaders.RECEIVED_TAG, tag));
        if (!message.keys().isEmpty()) {
            headers.put(MQHeaders.RECEIVED_KEYS, message.keys());
        }
        message.property(MessageProperties.SHARDING_KEY)
                .ifPresent(key -> headers.put(MQHeaders.RECEIVED_ORDERING_KEY, key));
        message.offsetMsgId().ifPresent(id -> headers.put(MQHeaders.RECEIVED_OFFSET_MESSAGE_ID, id));
        message.transactionId().ifPresent(id -> headers.put(MQHeaders.RECEIVED_TRANSACTION_ID, id));
        message.queue().ifPresent(queue -> {
            headers.put(MQHeaders.RECEIVED_QUEUE, queue);
            headers.put(MQHeaders.RECEIVED_QUEUE_OFFSET, message.queueOffset());
        });
        return headers;
    }
}
