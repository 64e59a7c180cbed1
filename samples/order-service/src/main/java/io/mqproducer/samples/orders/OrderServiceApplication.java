package io.mqproducer.samples.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Takes orders over HTTP and tells the world about them by messages. Without {@code mq.producer.name-servers} it
 * brings its own RocketMQ, see {@link OwnRocketMQ}.
 */
@SpringBootApplication
public class OrderServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(OrderServiceApplication.class, args);
    }
}
