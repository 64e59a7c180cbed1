package io.mqproducer.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a broker says of a message it has stored.
 *
 * @param offsetMsgId the broker's id, made of its address and the position in its log
 * @param queueOffset the position in the queue; of a half message, in the queue of half messages
 * @param transactionId the id that the client gave the message, if the broker repeats it
 * @param traceOn whether the broker wants the send traced
 * @param recallHandle what a delayed message can be recalled by, from brokers of 5.3.2 on
 * @param batchUniqId the id of an inner batch
 */
public record SendMessageResponse(
        String offsetMsgId,
        int queueId,
        long queueOffset,
        @Nullable String transactionId,
        String regionId,
        boolean traceOn,
        @Nullable String recallHandle,
        @Nullable String batchUniqId) {

    private static final String DEFAULT_REGION = "DefaultRegion";

    /**
     * Reads the fields of an answer that says the message is stored.
     *
     * @throws ProtocolException naming the field that is missing or cannot be
     */
    public static SendMessageResponse from(RemotingCommand response) {
        int queueId = response.requiredInt("queueId");
        long queueOffset = response.requiredLong("queueOffset");
        requireNotNegative("queueId", queueId);
        requireNotNegative("queueOffset", queueOffset);
        String region = nonEmpty(response, "MSG_REGION");
        return new SendMessageResponse(
                response.requiredString("msgId"),
                queueId,
                queueOffset,
                nonEmpty(response, "transactionId"),
                region == null ? DEFAULT_REGION : region,
                !"false".equals(response.string("TRACE_ON")),
                nonEmpty(response, "recallHandle"),
                nonEmpty(response, "batchUniqId"));
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw ProtocolException.field(name, Long.toString(value), "a number from 0");
        }
    }

    private static @Nullable String nonEmpty(RemotingCommand response, String name) {
        String value = response.string(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
