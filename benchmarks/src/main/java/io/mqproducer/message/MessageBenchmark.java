package io.mqproducer.message;

import io.mqproducer.benchmarks.micro.SendPathPiece;
import org.openjdk.jmh.annotations.Benchmark;

/** Making a message, its checks included. */
public class MessageBenchmark extends SendPathPiece {

    private final String topic = "orders";
    private final byte[] body = new byte[1024];
    private final Message prototype = tagged();

    @Benchmark
    public Message plain() {
        return Message.of(topic, body);
    }

    @Benchmark
    public Message tagged() {
        return Message.builder(topic)
                .body(body)
                .tag("created")
                .keys("order-4711", "customer-42")
                .build();
    }

    @Benchmark
    public Message copied() {
        return prototype.toBuilder().body(body).build();
    }
}
