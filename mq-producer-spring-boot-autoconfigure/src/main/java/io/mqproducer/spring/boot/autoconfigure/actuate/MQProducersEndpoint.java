package io.mqproducer.spring.boot.autoconfigure.actuate;

import io.mqproducer.MQProducer;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@code /actuator/mqproducers}: every producer of the application as it is at this moment, by its bean's name. Makes no
 * request to find out, and shows no secret.
 */
@Endpoint(id = "mqproducers")
final class MQProducersEndpoint {

    private final ListableBeanFactory beans;
    private final Clock clock;

    MQProducersEndpoint(ListableBeanFactory beans, Clock clock) {
        this.beans = beans;
        this.clock = clock;
    }

    @ReadOperation
    MQProducersDescriptor producers() {
        Map<String, MQProducerDescriptor> producers = new TreeMap<>();
        beans.getBeansOfType(MQProducer.class).forEach((name, producer) -> producers.put(name, describe(producer)));
        return new MQProducersDescriptor(producers);
    }

    /** One of them; null, which is a 404, if there is none. */
    @ReadOperation
    @Nullable
    MQProducerDescriptor producer(@Selector String name) {
        boolean known = beans.containsBean(name) && beans.isTypeMatch(name, MQProducer.class);
        return known ? describe(beans.getBean(name, MQProducer.class)) : null;
    }

    private MQProducerDescriptor describe(MQProducer producer) {
        return MQProducerDescriptor.of(producer.status(), clock.instant());
    }
}
