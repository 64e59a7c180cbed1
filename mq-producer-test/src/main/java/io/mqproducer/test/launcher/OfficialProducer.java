package io.mqproducer.test.launcher;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends with RocketMQ's own producer, which is started by the first message. For one thread. */
final class OfficialProducer {

    private final ClientSettings settings;
    private @Nullable Reflected producer;

    OfficialProducer(ClientSettings settings) {
        this.settings = settings;
    }

    void send(DataInputStream question, DataOutputStream answer) throws Exception {
        String topic = question.readUTF();
        String tags = question.readUTF();
        String keys = question.readUTF();
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = question.readInt(); i > 0; i--) {
            properties.put(question.readUTF(), question.readUTF());
        }
        byte[] body = new byte[question.readInt()];
        question.readFully(body);

        Reflected message = Reflected.create("org.apache.rocketmq.common.message.Message", topic, tags, keys, body);
        Reflected accessor = Reflected.ofClass("org.apache.rocketmq.common.message.MessageAccessor");
        for (Map.Entry<String, String> property : properties.entrySet()) { // RocketMQ's own too, such as DELAY
            accessor.call("putProperty", message.target(), property.getKey(), property.getValue());
        }
        String msgId = producer().get("send", message.target()).text("getMsgId");
        answer.writeByte(ClientMain.DONE);
        answer.writeUTF(msgId);
    }

    private Reflected producer() throws Exception {
        Reflected started = producer;
        if (started == null) {
            started = settings.start("org.apache.rocketmq.client.producer.DefaultMQProducer", "OFFICIAL_PRODUCER");
            producer = started;
        }
        return started;
    }
}
