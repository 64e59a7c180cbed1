package io.mqproducer;

import io.mqproducer.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A program that sends one message in each mode; arguments: name servers, topic. Run by tests on other JDKs. */
final class SendsInAllModes {

    private SendsInAllModes() {}

    public static void main(String[] args) throws Exception {
        String topic = args[1];
        try (MQProducer producer = MQProducer.builder("PG").nameServers(args[0]).build()) {
            producer.send(message(topic, "sync"));
            producer.sendAsync(message(topic, "async")).get(5, TimeUnit.SECONDS);
            producer.sendOneway(message(topic, "oneway"));
        }
        System.out.println("sent on Java " + Runtime.version().feature());
    }

    private static Message message(String topic, String text) {
        return Message.of(topic, text.getBytes(StandardCharsets.UTF_8));
    }
}
