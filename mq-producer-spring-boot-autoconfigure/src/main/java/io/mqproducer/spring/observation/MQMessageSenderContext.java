package io.mqproducer.spring.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.mqproducer.message.SendMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a send that is observed. What is put into its carrier, such as the W3C {@code traceparent}, becomes user
 * properties of the message, or of all messages of a batch.
 */
public class MQMessageSenderContext extends SenderContext<Map<String, String>> {

    private final String templateName;
    private final String topic;
    private final SendMode mode;
    private volatile @Nullable String msgId;

    /** The context of a send that is about to start. */
    public MQMessageSenderContext(String templateName, String topic, SendMode mode) {
        super(MQMessageSenderContext::put, Kind.PRODUCER);
        this.templateName = templateName;
        this.topic = topic;
        this.mode = mode;
        setCarrier(new LinkedHashMap<>());
        setRemoteServiceName("Apache RocketMQ");
    }

    private static void put(@Nullable Map<String, String> carrier, String name, String value) {
        if (carrier != null) {
            carrier.put(name, value);
        }
    }

    /** The name of the template's producer. */
    public String getTemplateName() {
        return templateName;
    }

    /** The topic, without namespace. */
    public String getTopic() {
        return topic;
    }

    /** How it is sent. */
    public SendMode getMode() {
        return mode;
    }

    /** The message's id, once the send is over; null before, and if it has none or several. */
    public @Nullable String getMsgId() {
        return msgId;
    }

    void setMsgId(String msgId) {
        this.msgId = msgId;
    }
}
