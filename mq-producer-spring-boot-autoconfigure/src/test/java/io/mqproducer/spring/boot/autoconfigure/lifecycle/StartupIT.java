package io.mqproducer.spring.boot.autoconfigure.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducer;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.test.proxy.BlackholedPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** What the producer adds to the start and the stop of an application that finds no server at all. */
class StartupIT {

    private static final int ROUNDS = 7;

    /** Nothing but what its class path brings. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void addsLessThan100MillisecondsWithEveryServerDown() {
        try (BlackholedPort one = BlackholedPort.open();
                BlackholedPort another = BlackholedPort.open()) {
            String dead =
                    "--mq.producer.name-servers=" + one.address() + "," + another.address() + ",nobody.invalid:9876";
            List<Long> with = new ArrayList<>();
            List<Long> without = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) { // in turns, the first for warming up
                long producing = millisToStart(true, dead);
                long plain = millisToStart(false, "--mq.producer.enabled=false");
                if (round > 0) {
                    with.add(producing);
                    without.add(plain);
                }
            }

            assertThat(median(with) - median(without))
                    .as("added: with %s, without %s", with, without)
                    .isLessThan(100);
        }
    }

    @Test
    void stopsAtOnceWithEveryServerDown() {
        try (BlackholedPort dead = BlackholedPort.open()) {
            ConfigurableApplicationContext application = start("--mq.producer.name-servers=" + dead.address());
            long begun = System.nanoTime();

            application.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static long millisToStart(boolean producing, String argument) {
        long begun = System.nanoTime();
        try (ConfigurableApplicationContext application = start(argument)) {
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            assertThat(application.getBeansOfType(MQProducer.class)).hasSize(producing ? 1 : 0);
            assertThat(application.getBeansOfType(MQTemplate.class)).hasSize(producing ? 1 : 0);
            return millis;
        }
    }

    private static ConfigurableApplicationContext start(String argument) {
        return new SpringApplicationBuilder(Application.class)
                .properties("spring.main.web-application-type=none")
                .run(argument);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
