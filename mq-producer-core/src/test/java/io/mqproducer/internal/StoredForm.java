package io.mqproducer.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Writes messages as brokers store them, without any code of ours. Fields are public to be set. */
public final class StoredForm {

    public boolean v2;
    public int queueId = 2;
    public int flag = 3;
    public long queueOffset = 17;
    public int sysFlag;
    public long bornTimestamp = 1_700_000_000_000L;
    public int reconsumeTimes;
    public byte[] body = "hello".getBytes(UTF_8);
    public boolean crc = true;
    public String topic = "T";
    public String properties = "";

    public StoredForm topic(String value) {
        topic = value;
        return this;
    }

    public StoredForm body(byte[] value, int flags) {
        body = value;
        sysFlag = flags;
        return this;
    }

    /** Names and values in turn. */
    public StoredForm properties(String... namesAndValues) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            text.append(namesAndValues[i])
                    .append('\u0001')
                    .append(namesAndValues[i + 1])
                    .append('\u0002');
        }
        properties = text.toString();
        return this;
    }

    public byte[] bytes() {
        byte[] topicBytes = topic.getBytes(UTF_8);
        byte[] propertyBytes = properties.getBytes(UTF_8);
        CRC32 checksum = new CRC32();
        checksum.update(body);
        ByteBuffer out = ByteBuffer.allocate(88 + body.length + topicBytes.length + propertyBytes.length + 6);
        out.putInt(0).putInt(v2 ? 0xDAA320AB : 0xDAA320A7).putInt(crc ? (int) checksum.getValue() & 0x7FFFFFFF : 0);
        out.putInt(queueId).putInt(flag).putLong(queueOffset).putLong(0x1234).putInt(sysFlag);
        out.putLong(bornTimestamp).put(new byte[] {10, 0, 0, 7}).putInt(50_123);
        out.putLong(bornTimestamp + 123).put(new byte[] {10, 0, 0, 1}).putInt(10_911);
        out.putInt(reconsumeTimes).putLong(0).putInt(body.length).put(body);
        if (v2) {
            out.putShort((short) topicBytes.length);
        } else {
            out.put((byte) topicBytes.length);
        }
        out.put(topicBytes).putShort((short) propertyBytes.length).put(propertyBytes);
        byte[] bytes = new byte[out.position()];
        out.putInt(0, bytes.length).flip().get(bytes);
        return bytes;
    }
}
