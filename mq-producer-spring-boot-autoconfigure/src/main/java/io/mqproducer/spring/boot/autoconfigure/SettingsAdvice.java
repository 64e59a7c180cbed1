package io.mqproducer.spring.boot.autoconfigure;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Warns of settings that are legal, and yet unlikely to be what was meant. */
final class SettingsAdvice {

    private static final Logger log = LoggerFactory.getLogger(SettingsAdvice.class);

    private static final String NAME_SERVERS = "mq.producer.name-servers";
    private static final String FORMER_NAME_SERVERS = "rocketmq.name-server";
    private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

    private SettingsAdvice() {}

    static void give(MQProducerProperties properties, Environment environment) {
        Binder binder = Binder.get(environment);
        String former = binder.bind(FORMER_NAME_SERVERS, String.class).orElse("");
        if (!former.isBlank()
                && !binder.bind(NAME_SERVERS, Bindable.listOf(String.class)).isBound()) {
            log.warn(
                    "{} is set, but {} is not, so the MQ producer uses {}; write {}={}",
                    FORMER_NAME_SERVERS,
                    NAME_SERVERS,
                    String.join(",", properties.getNameServers()),
                    NAME_SERVERS,
                    former);
        }
        Duration phase = binder.bind(PHASE_TIMEOUT, Duration.class).orElse(Duration.ofSeconds(30));
        if (properties.getShutdownTimeout().compareTo(phase) >= 0) {
            log.warn(
                    "mq.producer.shutdown-timeout ({}) should be below {} ({}), after which Spring goes on without"
                            + " waiting for the MQ producer",
                    properties.getShutdownTimeout(),
                    PHASE_TIMEOUT,
                    phase);
        }
    }
}
