package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Auto-configuration of callbacks on virtual threads, with {@code spring.threads.virtual.enabled} and from Java 21 on.
 * Boot's own condition for that has different names in Boot 3.5 and 4.
 */
@AutoConfiguration(before = MQProducerAutoConfiguration.class)
@ConditionalOnClass(MQProducer.class)
@ConditionalOnBooleanProperty("spring.threads.virtual.enabled")
public final class MQProducerVirtualThreadsAutoConfiguration {

    private static final int FIRST_JAVA = 21;

    MQProducerVirtualThreadsAutoConfiguration() {}

    /** Before all others, so that an application's customizer can set an executor of its own. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    MQProducerBuilderCustomizer mqProducerVirtualThreadsCustomizer() {
        return (name, builder) -> {
            if (Runtime.version().feature() >= FIRST_JAVA) {
                builder.callbackExecutor(new VirtualThreadTaskExecutor("mq-producer-" + name + "-callback-"));
            }
        };
    }
}
