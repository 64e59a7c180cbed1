package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqproducer.MQProducer;
import io.mqproducer.ProducerStatus.State;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;

class ProducerInContextIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class, BootAutoConfigurations.JACKSON))
            .withInitializer(
                    context -> TestPropertyValues.of("mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses())
                            .applyTo(context));

    @Test
    void sendsAfterAStopAndAStartOfTheContext() {
        contextRunner.run(context -> {
            MQTemplate template = context.getBean(MQTemplate.class);
            template.send("context-restarted", "before");
            context.stop();
            assertThat(context.getBean(MQProducer.class).status().state()).isEqualTo(State.STOPPED);
            context.start();

            SendResult result = template.send("context-restarted", "after");

            assertThat(result.status()).isEqualTo(SendStatus.SEND_OK);
            assertThat(stored("context-restarted")).hasSize(2);
        });
    }

    @Test
    void drainsWhatIsInFlightWhenTheContextCloses() {
        contextRunner.run(context -> {
            MQTemplate template = context.getBean(MQTemplate.class);
            List<CompletableFuture<SendResult>> inFlight = IntStream.range(0, 500)
                    .mapToObj(number -> template.sendAsync("context-drained", "message " + number))
                    .toList();

            context.close();

            assertThat(inFlight)
                    .allMatch(CompletableFuture::isDone)
                    .noneMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(stored("context-drained")).hasSize(500);
        });
    }

    @Test
    void leavesNoThreadBehind() {
        Set<Thread> before = ProducerThreads.running();

        contextRunner.run(context -> {
            context.getBean(MQTemplate.class).send("context-threads", "x");
            assertThat(ProducerThreads.running()).hasSizeGreaterThan(before.size());
        });

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ProducerThreads.running()).isSubsetOf(before));
    }

    @Test
    void sharesNothingWithAnotherContext() {
        contextRunner.run(one -> {
            contextRunner.run(two -> {
                assertThat(two.getBean(MQProducer.class)).isNotSameAs(one.getBean(MQProducer.class));
                two.getBean(MQTemplate.class).send("context-two", "x");
            });

            SendResult result = one.getBean(MQTemplate.class).send("context-two", "y");

            assertThat(result.status()).isEqualTo(SendStatus.SEND_OK);
        });
    }

    private static List<StoredMessage> stored(String topic) {
        return ROCKETMQ.cluster().messages(topic);
    }
}
