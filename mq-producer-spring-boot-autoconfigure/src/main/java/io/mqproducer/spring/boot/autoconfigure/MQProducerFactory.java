package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import io.mqproducer.MQProducerBuilder;
import java.util.function.Consumer;

/**
 * Makes producers as auto-configuration makes its own: with the settings below {@code mq.producer}, the connection details,
 * TLS, credentials, hooks, transaction checkers and {@link MQProducerBuilderCustomizer}s of the context. Thread-safe.
 *
 * <p>A producer that is made is not started: its first send does that, or an {@link MQProducerLifecycle}. It belongs to the
 * caller, who closes it; as a bean it is closed by Spring. What is still open when the context ends is closed then.
 */
public interface MQProducerFactory {

    /**
     * A producer of this name. If there is an instance of the name below {@code mq.producer.instances}, it has its
     * settings, else those of the primary producer but for {@code instance-name}, which distinguishes one from the other.
     *
     * @param name its name in meters and logs, and the {@code @Qualifier} of hooks, checkers and credentials that are for it
     *     alone; best one that no other producer of the context has
     * @throws RuntimeException if a setting breaks a rule; it names the setting
     */
    default MQProducer create(String name) {
        return create(name, builder -> {});
    }

    /**
     * As {@link #create(String)}, with the last word on the builder.
     *
     * @param customizer called after all customizers of the context
     */
    MQProducer create(String name, Consumer<MQProducerBuilder> customizer);
}
