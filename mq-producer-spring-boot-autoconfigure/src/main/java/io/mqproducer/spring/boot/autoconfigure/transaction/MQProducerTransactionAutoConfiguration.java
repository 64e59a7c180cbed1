package io.mqproducer.spring.boot.autoconfigure.transaction;

import io.mqproducer.spring.MessageTransactions;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.boot.autoconfigure.MQProducerProperties;
import io.mqproducer.spring.transaction.SpringMessageTransactions;
import io.mqproducer.spring.transaction.TransactionLog;
import io.mqproducer.spring.transaction.TransactionLogChecker;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionSynchronization;

/** Auto-configuration of messages that join transactions. */
@AutoConfiguration(
        before = MQProducerAutoConfiguration.class,
        after = MQProducerJdbcTransactionLogAutoConfiguration.class)
@ConditionalOnClass(TransactionSynchronization.class)
@ConditionalOnBooleanProperty(name = "mq.producer.enabled", matchIfMissing = true)
@EnableConfigurationProperties({MQProducerProperties.class, MQTransactionLogProperties.class})
public final class MQProducerTransactionAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(MQProducerTransactionAutoConfiguration.class);

    MQProducerTransactionAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(MessageTransactions.class)
    SpringMessageTransactions mqMessageTransactions(ObjectProvider<TransactionLog> logs, Environment environment) {
        TransactionLog transactionLog = logs.getIfAvailable();
        if (transactionLog == null
                && environment.getProperty("mq.producer.transaction.jdbc.enabled", Boolean.class, false)) {
            log.warn(
                    "mq.producer.transaction.jdbc.enabled=true has no effect: it needs spring-jdbc, a single DataSource bean"
                            + " or a primary one, and a PlatformTransactionManager bean");
        }
        return new SpringMessageTransactions(transactionLog);
    }

    @Bean
    @ConditionalOnBean(SpringMessageTransactions.class)
    MessageTransactionsLifecycle mqMessageTransactionsLifecycle(
            SpringMessageTransactions transactions, MQProducerProperties properties) {
        return new MessageTransactionsLifecycle(transactions, properties.getShutdownTimeout());
    }

    @Bean
    @ConditionalOnBean(TransactionLog.class)
    @ConditionalOnMissingBean
    TransactionLogChecker mqTransactionLogChecker(
            TransactionLog transactionLog, MQTransactionLogProperties properties, MQProducerProperties settings) {
        List<String> topics = properties.getTopics();
        if (topics.isEmpty() && settings.getWarmUpTopics().isEmpty()) {
            log.warn(
                    "a restarted process cannot tell brokers what became of its transactions before it has used their topics:"
                            + " name them in mq.producer.transaction.jdbc.topics");
        }
        return new TransactionLogChecker(transactionLog, topics);
    }
}
