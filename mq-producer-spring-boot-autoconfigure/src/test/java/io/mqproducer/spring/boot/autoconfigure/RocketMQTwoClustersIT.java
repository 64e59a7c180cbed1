package io.mqproducer.spring.boot.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducer;
import io.mqproducer.ProducerStatus;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.junit.RocketMQExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;

/** The primary producer and a named one, each with a real RocketMQ of its own. */
@Tag("rocketmq")
class RocketMQTwoClustersIT {

    private static final String TOPIC = "two-clusters";

    @RegisterExtension
    static final RocketMQExtension ORDERS = RocketMQExtension.shared();

    @RegisterExtension
    static final RocketMQExtension AUDIT = RocketMQExtension.of(EmbeddedRocketMQ.builder());

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class, BootAutoConfigurations.JACKSON))
            .withInitializer(context -> TestPropertyValues.of(
                            "mq.producer.name-servers=" + ORDERS.nameServerAddresses(),
                            "mq.producer.group=orders",
                            "mq.producer.instances.audit.name-servers=" + AUDIT.nameServerAddresses(),
                            "mq.producer.instances.again.callback.threads=1")
                    .applyTo(context));

    @Test
    void messagesAreWhereTheyBelongAndNowhereElse() {
        contextRunner.run(context -> {
            MQTemplate orders = context.getBean(MQTemplate.class);
            MQTemplate audit = context.getBean("auditMqTemplate", MQTemplate.class);
            MQTemplate again = context.getBean("againMqTemplate", MQTemplate.class);
            List<CompletableFuture<SendResult>> sends = new ArrayList<>();

            for (int i = 0; i < 100; i++) {
                sends.add(orders.sendAsync(TOPIC, "order"));
                sends.add(audit.sendAsync(TOPIC, "audit"));
                sends.add(again.sendAsync(TOPIC, "again"));
            }

            for (CompletableFuture<SendResult> send : sends) {
                assertThat(send.get().status()).isEqualTo(SendStatus.SEND_OK);
            }
            assertThat(bodies(ORDERS))
                    .hasSize(200)
                    .containsOnly("order", "again")
                    .haveExactly(100, new org.assertj.core.api.Condition<>("order"::equals, "of the primary producer"));
            assertThat(bodies(AUDIT)).hasSize(100).containsOnly("audit");
            assertThat(brokers(context.getBean("mqProducer", MQProducer.class)))
                    .doesNotContainAnyElementsOf(brokers(context.getBean("auditMqProducer", MQProducer.class)));
        });
    }

    @Test
    void bothGoOnAfterAPauseOfTheContextAndLeaveNoThreadBehind() {
        contextRunner.run(context -> {
            context.stop();
            context.start();

            context.getBean(MQTemplate.class).send("two-clusters-restarted", "order");
            context.getBean("auditMqTemplate", MQTemplate.class).send("two-clusters-restarted", "audit");

            assertThat(ORDERS.cluster().messages("two-clusters-restarted")).hasSize(1);
            assertThat(AUDIT.cluster().messages("two-clusters-restarted")).hasSize(1);
            assertThat(ioThreads()).isNotEmpty();
        });

        assertThat(ioThreads()).isEmpty();
    }

    private static List<String> bodies(RocketMQExtension rocketMQ) {
        return rocketMQ.cluster().messages(TOPIC).stream()
                .map(message -> new String(message.body(), UTF_8))
                .toList();
    }

    private static List<String> brokers(MQProducer producer) {
        return producer.status().brokers().stream()
                .map(ProducerStatus.Broker::address)
                .collect(Collectors.toList());
    }

    private static List<String> ioThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("mq-producer-shared-io"))
                .map(Thread::getName)
                .toList();
    }
}
