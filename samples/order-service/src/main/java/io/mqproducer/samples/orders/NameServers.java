package io.mqproducer.samples.orders;

import io.mqproducer.MQProducer;
import io.mqproducer.ProducerStatus.NameServer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Where RocketMQ is, for the two things here that use RocketMQ's own client. */
@Component
class NameServers {

    private final MQProducer producer;

    NameServers(MQProducer producer) {
        this.producer = producer;
    }

    /** Joined with ';', as RocketMQ's client wants them. */
    String addresses() {
        return producer.status().nameServers().stream().map(NameServer::address).collect(Collectors.joining(";"));
    }
}
