package io.mqproducer.internal.encoding;

import io.mqproducer.config.CompressionType;
import io.mqproducer.internal.compression.DecompressionException;
import io.mqproducer.internal.compression.Decompressor;
import io.mqproducer.internal.protocol.MessagePropertiesReader;
import io.mqproducer.internal.protocol.MessageSysFlag;
import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.StoredMessage;
import io.mqproducer.internal.util.PrintableText;
import io.mqproducer.message.MessageProperties;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages that brokers send us into what the application sees: the topic without namespace, the body decompressed,
 * within a budget. Immutable and thread-safe; a large body takes a while, so not for an event loop.
 */
public final class MessageViewDecoder {

    /** A body restored may be so many times as large as one that we may send: enough for other producers' limits. */
    private static final int BUDGET = 4;

    /** The property by which a broker knows a half message; when it checks one, the system flag does not say so. */
    private static final String TRANSACTION_PREPARED = "TRAN_MSG";

    private static final int MAX_HOST = 128;

    private final Namespace namespace;
    private final Decompressor decompressor;

    /** @param maxMessageSize the most bytes that a body of ours may have on the wire */
    public MessageViewDecoder(Namespace namespace, int maxMessageSize) {
        this.namespace = namespace;
        this.decompressor = new Decompressor((int) Math.min(Integer.MAX_VALUE / 2, (long) BUDGET * maxMessageSize));
    }

    /**
     * Reads one message in its stored form.
     *
     * @param brokerName the broker that sent it, which the form does not name; null if it is not known, and then the view
     *     has no queue
     * @throws ProtocolException whatever the bytes are, if they are not exactly one message that can be used
     */
    public MessageView decode(byte[] encoded, @Nullable String brokerName) {
        List<StoredMessage> messages = StoredMessage.readAll(encoded);
        if (messages.size() != 1) {
            throw new ProtocolException(messages.size() + " messages in place of one");
        }
        return view(messages.get(0), brokerName);
    }

    /**
     * Reads messages in their stored form that follow each other, as {@link #decode} does one.
     *
     * @throws ProtocolException whatever the bytes are, if they are not that
     */
    public List<MessageView> decodeAll(byte[] encoded, @Nullable String brokerName) {
        return StoredMessage.readAll(encoded).stream()
                .map(stored -> view(stored, brokerName))
                .toList();
    }

    /**
     * Reads a reply as a broker pushes it: the header has what else the stored form has.
     *
     * @throws ProtocolException whatever it is, if it is not a message that can be used
     */
    public MessageView decodeReply(RemotingCommand push) {
        Map<String, String> properties = MessagePropertiesReader.read(push.requiredString("properties"));
        String topic = namespace.unwrap(push.requiredString("topic"));
        return MessageView.builder(topic, restored(push.body(), push.requiredInt("sysFlag")))
                .properties(properties)
                .msgId(properties.getOrDefault(MessageProperties.UNIQ_KEY, ""))
                .flag(push.requiredInt("flag"))
                .born(Instant.ofEpochMilli(push.requiredLong("bornTimestamp")), text(push, "bornHost"))
                .store(Instant.ofEpochMilli(push.requiredLong("storeTimestamp")), text(push, "storeHost"))
                .build();
    }

    private static String text(RemotingCommand push, String field) {
        String value = push.string(field);
        return value == null ? "" : PrintableText.of(value, MAX_HOST);
    }

    private MessageView view(StoredMessage stored, @Nullable String brokerName) {
        Map<String, String> properties = stored.properties();
        String topic = namespace.unwrap(stored.topic());
        String uniqKey = properties.get(MessageProperties.UNIQ_KEY);
        MessageView.Builder view = MessageView.builder(topic, restored(stored.body(), stored.sysFlag()))
                .properties(properties)
                .msgId(uniqKey == null ? stored.offsetMsgId() : uniqKey)
                .offsetMsgId(stored.offsetMsgId())
                .transactionId(isTransactional(stored) ? uniqKey : null)
                .flag(stored.flag())
                .reconsumeTimes(stored.reconsumeTimes())
                .born(Instant.ofEpochMilli(stored.bornTimestamp()), stored.bornHost())
                .store(Instant.ofEpochMilli(stored.storeTimestamp()), stored.storeHost());
        if (brokerName != null && stored.queueId() >= 0) {
            view.stored(new MessageQueue(topic, brokerName, stored.queueId()), stored.queueOffset());
        }
        return view.build();
    }

    private static boolean isTransactional(StoredMessage stored) {
        return (stored.sysFlag() & MessageSysFlag.TRANSACTION_TYPE) != 0
                || "true".equals(stored.properties().get(TRANSACTION_PREPARED));
    }

    /** The body, decompressed if the system flag says that it is not. */
    private byte[] restored(byte[] body, int sysFlag) {
        if ((sysFlag & MessageSysFlag.COMPRESSED) == 0) {
            return body;
        }
        CompressionType type = typeOf(sysFlag & MessageSysFlag.COMPRESSION_TYPE);
        try {
            return decompressor.decompress(type, body);
        } catch (DecompressionException e) {
            ProtocolException refused = new ProtocolException(
                    "compressed body of " + body.length + " bytes cannot be restored: " + e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }

    private static CompressionType typeOf(int bits) {
        if (bits == 0) {
            return CompressionType.ZLIB; // clients before 4.9.4 know no other
        }
        for (CompressionType type : CompressionType.values()) {
            if ((type.sysFlag() & MessageSysFlag.COMPRESSION_TYPE) == bits) {
                return type;
            }
        }
        throw new ProtocolException("body compressed with type " + (bits >>> 8));
    }
}
