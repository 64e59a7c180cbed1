package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducerBuilder;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Keeps the builders of all producers of a context, to look at what they have been told. */
@Order(Ordered.LOWEST_PRECEDENCE)
final class SeenBuilders implements MQProducerBuilderCustomizer {

    private final Map<String, MQProducerBuilder> builders = new LinkedHashMap<>();

    @Override
    public void customize(String name, MQProducerBuilder builder) {
        builders.put(name, builder);
    }

    Iterable<String> names() {
        return builders.keySet();
    }

    Object value(String producer, String field) {
        try {
            Field found = MQProducerBuilder.class.getDeclaredField(field);
            found.setAccessible(true);
            return found.get(builders.get(producer));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    List<?> list(String producer, String field) {
        return (List<?>) value(producer, field);
    }
}
