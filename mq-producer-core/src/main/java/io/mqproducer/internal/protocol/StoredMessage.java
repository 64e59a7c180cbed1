package io.mqproducer.internal.protocol;

import java.util.List;
import java.util.Map;

/**
 * A message as a broker keeps it and sends it to us; the body may be compressed. The array of the body is shared, not copied.
 *
 * @param queueId its queue on the broker, whose name is not part of it
 * @param flag the application's
 * @param physicalOffset where it is in the broker's log
 * @param sysFlag see {@link MessageSysFlag}
 * @param bornHost {@code host:port} of its producer, as the broker saw it
 * @param storeHost {@code host:port} of the broker, as it sees itself
 * @param offsetMsgId the broker's id of it, made of {@code storeHost} and {@code physicalOffset}
 * @param topic as the servers know it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two
public record StoredMessage(
        int queueId,
        int flag,
        long queueOffset,
        long physicalOffset,
        int sysFlag,
        long bornTimestamp,
        String bornHost,
        long storeTimestamp,
        String storeHost,
        String offsetMsgId,
        int reconsumeTimes,
        long preparedTransactionOffset,
        byte[] body,
        String topic,
        Map<String, String> properties) {

    /**
     * Reads messages that follow each other.
     *
     * @throws ProtocolException whatever the bytes are, if they are not that
     */
    public static List<StoredMessage> readAll(byte[] encoded) {
        return StoredMessageReader.readAll(encoded);
    }
}
