package io.mqproducer.internal.encoding;

import static io.mqproducer.message.MessageProperties.NAME_SEPARATOR;
import static io.mqproducer.message.MessageProperties.PROPERTY_SEPARATOR;

import io.mqproducer.internal.protocol.MessageSysFlag;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a message is to RocketMQ besides what its caller says of it: half of a transaction, a request, a reply. Tells the
 * properties, the flags and the request code that follow from that. Immutable; may be shared by any number of messages.
 */
public final class MessageRole {

    /** Nothing besides. */
    public static final MessageRole NORMAL =
            new MessageRole("", 0, RequestCode.SEND_MESSAGE_V2, MessageRole::nothingAgainst);

    private static final String TRANSACTION_PREPARED = "TRAN_MSG";
    private static final String PRODUCER_GROUP = "PGROUP";
    private static final String CORRELATION_ID = "CORRELATION_ID";
    private static final String REPLY_TO_CLIENT = "REPLY_TO_CLIENT";
    private static final String TTL = "TTL";
    private static final String MESSAGE_TYPE = "MSG_TYPE";

    private final byte[] properties;
    private final int sysFlag;
    private final int requestCode;
    private final Function<Message, @Nullable String> rule;

    private MessageRole(
            String properties, int sysFlag, RequestCode requestCode, Function<Message, @Nullable String> rule) {
        this.properties = properties.getBytes(StandardCharsets.UTF_8);
        this.sysFlag = sysFlag;
        this.requestCode = requestCode.code();
        this.rule = rule;
    }

    private static @Nullable String nothingAgainst(Message message) {
        return null;
    }

    /**
     * The half message of a transaction: kept from consumers until its producer says how the transaction ended.
     *
     * @param wireGroup the group whose producers may be asked about it, with its namespace
     * @param rule what is wrong with a message for this role, or null; it sees the message as the hooks have made it
     */
    public static MessageRole half(String wireGroup, Function<Message, @Nullable String> rule) {
        return new MessageRole(
                property(TRANSACTION_PREPARED, "true") + property(PRODUCER_GROUP, wireGroup),
                MessageSysFlag.TRANSACTION_PREPARED,
                RequestCode.SEND_MESSAGE_V2,
                rule);
    }

    /** A request, to which this client wants one reply within so long. */
    public static MessageRole request(String correlationId, String clientId, Duration timeToLive) {
        return new MessageRole(
                addressed(correlationId, clientId, Long.toString(timeToLive.toMillis())),
                0,
                RequestCode.SEND_MESSAGE_V2,
                MessageRole::nothingAgainst);
    }

    /**
     * The reply to a request that bore these values.
     *
     * @throws IllegalArgumentException if one of them cannot have been a property's
     */
    public static MessageRole reply(String correlationId, String clientId, String timeToLive) {
        return new MessageRole(
                property(MESSAGE_TYPE, "reply") + addressed(correlationId, clientId, timeToLive),
                0,
                RequestCode.SEND_REPLY_MESSAGE_V2,
                MessageRole::nothingAgainst);
    }

    private static String addressed(String correlationId, String clientId, String timeToLive) {
        return property(CORRELATION_ID, correlationId)
                + property(REPLY_TO_CLIENT, clientId)
                + property(TTL, timeToLive);
    }

    private static String property(String name, String value) {
        if (value.isEmpty() || value.indexOf(NAME_SEPARATOR) >= 0 || value.indexOf(PROPERTY_SEPARATOR) >= 0) {
            throw new IllegalArgumentException("property " + name + " must not be empty or contain U+0001 or U+0002");
        }
        return name + NAME_SEPARATOR + value + PROPERTY_SEPARATOR;
    }

    /** What follows the message's own properties, encoded. */
    byte[] properties() {
        return properties;
    }

    /** The bits that are set whether the body is compressed or not. */
    int sysFlag() {
        return sysFlag;
    }

    int requestCode() {
        return requestCode;
    }

    /** What is wrong with a message for this role, or null. */
    @Nullable
    String objection(Message message) {
        return rule.apply(message);
    }
}
