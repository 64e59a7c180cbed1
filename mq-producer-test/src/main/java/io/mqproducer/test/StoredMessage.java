package io.mqproducer.test;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message as a broker holds it and RocketMQ's own client hands it out, its body decompressed. Two are equal when they
 * are the same entry of the same queue.
 *
 * <p>Immutable, but for the array of the body.
 */
public final class StoredMessage {

    private static final String TAGS = "TAGS";
    private static final String KEYS = "KEYS";

    private final String topic;
    private final String brokerName;
    private final int queueId;
    private final long queueOffset;
    private final String msgId;
    private final String offsetMsgId;
    private final int flag;
    private final int sysFlag;
    private final int reconsumeTimes;
    private final long bornTimestamp;
    private final long storeTimestamp;
    private final Map<String, String> properties;
    private final long bodyCrc32;
    private final int bodyLength;
    private final byte[] body;

    /** Reads what the launcher's {@code MessageWriter} has written. */
    StoredMessage(DataInputStream in, boolean withBody) throws IOException {
        this.topic = in.readUTF();
        this.brokerName = in.readUTF();
        this.queueId = in.readInt();
        this.queueOffset = in.readLong();
        this.msgId = in.readUTF();
        this.offsetMsgId = in.readUTF();
        this.flag = in.readInt();
        this.sysFlag = in.readInt();
        this.reconsumeTimes = in.readInt();
        this.bornTimestamp = in.readLong();
        this.storeTimestamp = in.readLong();
        this.properties = readProperties(in);
        this.bodyCrc32 = in.readLong();
        this.bodyLength = in.readInt();
        this.body = new byte[withBody ? bodyLength : 0];
        in.readFully(body);
    }

    private static Map<String, String> readProperties(DataInputStream in) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            properties.put(in.readUTF().intern(), in.readUTF());
        }
        return Collections.unmodifiableMap(properties);
    }

    /** The topic as on the wire, with its namespace. */
    public String topic() {
        return topic;
    }

    public String brokerName() {
        return brokerName;
    }

    public int queueId() {
        return queueId;
    }

    public long queueOffset() {
        return queueOffset;
    }

    /** The id the producer gave it (UNIQ_KEY). */
    public String msgId() {
        return msgId;
    }

    /** The id the broker gave it: its address and place in the commit log. */
    public String offsetMsgId() {
        return offsetMsgId;
    }

    /** Empty when there are none. */
    public String tags() {
        return properties.getOrDefault(TAGS, "");
    }

    /** Separated with spaces; empty when there are none. */
    public String keys() {
        return properties.getOrDefault(KEYS, "");
    }

    /** All properties, RocketMQ's own and the application's. */
    public Map<String, String> properties() {
        return properties;
    }

    /** The body, decompressed; empty in a summary. */
    public byte[] body() {
        return body;
    }

    /** In a summary too. */
    public int bodyLength() {
        return bodyLength;
    }

    /** CRC32 of the whole decompressed body, in a summary too. */
    public long bodyCrc32() {
        return bodyCrc32;
    }

    public int flag() {
        return flag;
    }

    public int sysFlag() {
        return sysFlag;
    }

    /** How often it was consumed in vain, as its producer or the broker says. */
    public int reconsumeTimes() {
        return reconsumeTimes;
    }

    public long bornTimestamp() {
        return bornTimestamp;
    }

    public long storeTimestamp() {
        return storeTimestamp;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredMessage that
                && offsetMsgId.equals(that.offsetMsgId)
                && queueOffset == that.queueOffset
                && queueId == that.queueId
                && brokerName.equals(that.brokerName)
                && topic.equals(that.topic);
    }

    @Override
    public int hashCode() {
        return offsetMsgId.hashCode();
    }

    @Override
    public String toString() {
        return "%s %s[%d]@%d %s (%d bytes) %s"
                .formatted(topic, brokerName, queueId, queueOffset, msgId, bodyLength, properties);
    }
}
