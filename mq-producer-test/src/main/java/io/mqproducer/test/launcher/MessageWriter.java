package io.mqproducer.test.launcher;

import java.io.DataOutputStream;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes stored messages, each as {@link ClientMain#MESSAGE} and its fields; {@code StoredMessage} reads them in the
 * same order.
 *
 * @param out where to
 * @param withBodies whether the body follows its length and checksum
 */
record MessageWriter(DataOutputStream out, boolean withBodies) {

    void write(Reflected message) throws Exception {
        out.writeByte(ClientMain.MESSAGE);
        out.writeUTF(message.text("getTopic"));
        out.writeUTF(message.text("getBrokerName"));
        out.writeInt((int) message.number("getQueueId"));
        out.writeLong(message.number("getQueueOffset"));
        out.writeUTF(message.text("getMsgId")); // the producer's id, for RocketMQ's own MessageClientExt
        out.writeUTF(message.text("getOffsetMsgId"));
        out.writeInt((int) message.number("getFlag"));
        out.writeInt((int) message.number("getSysFlag"));
        out.writeInt((int) message.number("getReconsumeTimes"));
        out.writeLong(message.number("getBornTimestamp"));
        out.writeLong(message.number("getStoreTimestamp"));
        writeProperties((Map<?, ?>) message.call("getProperties"));
        writeBody((byte[]) message.call("getBody"));
    }

    private void writeProperties(Map<?, ?> properties) throws Exception {
        out.writeInt(properties.size());
        for (Map.Entry<?, ?> property : properties.entrySet()) {
            out.writeUTF(String.valueOf(property.getKey()));
            out.writeUTF(String.valueOf(property.getValue()));
        }
    }

    private void writeBody(byte[] body) throws Exception {
        CRC32 checksum = new CRC32();
        checksum.update(body);
        out.writeLong(checksum.getValue());
        out.writeInt(body.length);
        if (withBodies) {
            out.write(body);
        }
    }
}
