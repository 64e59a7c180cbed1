package io.mqproducer.spring.messaging;

import io.mqproducer.message.MessageView;
import io.mqproducer.spring.SendSpec;
import java.util.Map;
import org.springframework.messaging.MessageHeaders;

/**
 * Says what headers of Spring's messaging mean to RocketMQ, and the other way round. A bean of this type takes the place of
 * {@link DefaultMQHeaderMapper}. Thread-safe.
 */
public interface MQHeaderMapper {

    /**
     * What the headers say, added to a description of the message.
     *
     * @param headers of a message that is to be sent
     * @param spec the message's destination
     * @throws IllegalArgumentException if a header cannot be sent, naming it
     */
    SendSpec toSpec(MessageHeaders headers, SendSpec spec);

    /** The headers of a message that came, such as a reply. */
    Map<String, Object> toHeaders(MessageView message);
}
