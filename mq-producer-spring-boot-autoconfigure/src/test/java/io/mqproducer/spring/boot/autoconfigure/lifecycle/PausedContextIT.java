package io.mqproducer.spring.boot.autoconfigure.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mqproducer.MQProducer;
import io.mqproducer.ProducerStatus.State;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.ContextPause;
import io.mqproducer.spring.boot.autoconfigure.ProducerThreads;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Contexts as Spring's test framework keeps them: stopped or paused while others run, and started again. */
class PausedContextIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final int ROUNDS = 5;

    /** Nothing but what its class path brings. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void f75_sendsAfterEachPauseAndNotWithinAndLeavesNoThread() {
        Set<Thread> before = ProducerThreads.running();
        try (ConfigurableApplicationContext context = start()) {
            MQTemplate template = context.getBean(MQTemplate.class);
            for (int round = 0; round < ROUNDS; round++) {
                template.send("paused-context", "round " + round);
                ContextPause.begin(context);
                assertThat(context.getBean(MQProducer.class).status().state()).isEqualTo(State.STOPPED);
                awaitNoOtherThan(before);
                assertThatThrownBy(() -> template.send("paused-context", "too late"))
                        .isInstanceOfSatisfying(
                                MessageNotStoredException.class,
                                refused -> assertThat(refused.kind()).isEqualTo(FailureKind.CLOSED));
                ContextPause.end(context);
            }
            template.send("paused-context", "the last one");
        }

        assertThat(ROCKETMQ.cluster().messages("paused-context")).hasSize(ROUNDS + 1);
        awaitNoOtherThan(before);
    }

    /** The thread that has stopped a producer says so before it ends itself. */
    private static void awaitNoOtherThan(Set<Thread> threads) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(ProducerThreads.running()).isSubsetOf(threads));
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "spring.main.web-application-type=none",
                        "mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses())
                .run();
    }
}
