package io.mqproducer.spring.boot.autoconfigure.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqproducer.spring.boot.autoconfigure.BootAutoConfigurations;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;

/** An application with the transaction log on a database of its own, and a real RocketMQ; who manages its transactions is open. */
final class LoggedApplication {

    private LoggedApplication() {}

    static ApplicationContextRunner on(RocketMQExtension rocketMQ, String topic) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MQProducerAutoConfiguration.class,
                        MQProducerTransactionAutoConfiguration.class,
                        MQProducerJdbcTransactionLogAutoConfiguration.class,
                        BootAutoConfigurations.DATA_SOURCE))
                .withInitializer(
                        context -> TestPropertyValues.of("mq.producer.name-servers=" + rocketMQ.nameServerAddresses())
                                .applyTo(context))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
                        "mq.producer.send-timeout=30s",
                        "mq.producer.transaction.jdbc.enabled=true",
                        "mq.producer.transaction.jdbc.topics=" + topic);
    }

    /** What consumers of the topic can see. */
    static List<String> stored(RocketMQExtension rocketMQ, String topic) {
        return rocketMQ.cluster().messages(topic).stream()
                .map(StoredMessage::body)
                .map(body -> new String(body, UTF_8))
                .toList();
    }
}
