package io.mqproducer.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Warns of settings that are legal, and yet unlikely to be what was meant. */
final class SettingsAdvice {

    private static final Logger log = LoggerFactory.getLogger(SettingsAdvice.class);

    private static final String NAME_SERVERS = "mq.producer.name-servers";
    private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

    private SettingsAdvice() {}

    /**
     * Gives it, once for each context.
     *
     * @param detailed whether the application says by a bean where its servers are
     */
    static void give(ConfiguredProducers producers, boolean detailed, Environment environment) {
        UnknownSettings.warn(environment);
        Binder binder = Binder.get(environment);
        if (!detailed
                && !binder.bind(NAME_SERVERS, Bindable.listOf(String.class)).isBound()) {
            adviseOnMigration(producers.primary(), new RocketMQSpringSettings(binder));
        }
        if (producers.primary().settings().isAutoStartup() && !producers.startsPrimary()) {
            log.info(
                    "{} is not set and there are instances, so the primary MQ producer waits for its first send to start",
                    NAME_SERVERS);
        }
        Duration phase = binder.bind(PHASE_TIMEOUT, Duration.class).orElse(Duration.ofSeconds(30));
        adviseOnShutdown(producers.primary(), phase);
        producers.instanceNames().forEach(name -> adviseOnShutdown(producers.named(name), phase));
    }

    /**
     * Warns of instances that came when beans had been registered, which is ahead of time in some applications.
     *
     * @param beans whether there is a bean of a name
     */
    static void adviseOnLateInstances(ConfiguredProducers producers, Predicate<String> beans) {
        for (String name : producers.instanceNames()) {
            if (!beans.test(NamedBeansRegistrar.producerBean(name))) {
                log.warn(
                        "{}.* has no effect: the application was built ahead of time without the MQ producer '{}', and which"
                                + " instances there are is fixed then",
                        InstanceBinding.prefix(name),
                        name);
            }
        }
    }

    private static void adviseOnMigration(ConfiguredProducer primary, RocketMQSpringSettings former) {
        if (!former.nameServer().isBlank()) {
            log.warn(
                    "{} is set, but {} is not, so the MQ producer uses {}; write\n\n{}\n",
                    RocketMQSpringSettings.NAME_SERVER,
                    NAME_SERVERS,
                    String.join(",", primary.settings().getNameServers()),
                    former.successors().stream().map(line -> "    " + line).collect(Collectors.joining("\n")));
        }
    }

    private static void adviseOnShutdown(ConfiguredProducer producer, Duration phase) {
        Duration timeout = producer.settings().getShutdownTimeout();
        if (timeout.compareTo(phase) >= 0) {
            log.warn(
                    "{}.shutdown-timeout ({}) should be below {} ({}), after which Spring goes on without"
                            + " waiting for the MQ producer",
                    producer.prefix(),
                    timeout,
                    PHASE_TIMEOUT,
                    phase);
        }
    }
}
