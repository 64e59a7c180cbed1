package io.mqproducer.spring.boot.autoconfigure.transaction;

import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.transaction.TransactionLog;
import io.mqproducer.spring.transaction.jdbc.JdbcTransactionLog;
import io.mqproducer.spring.transaction.jdbc.JdbcTransactionLogCleaner;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Auto-configuration of the transaction log in the application's database. */
@AutoConfiguration(
        before = MQProducerAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration"
        })
@ConditionalOnClass({PlatformTransactionManager.class, JdbcTemplate.class})
@ConditionalOnBooleanProperty(name = "mq.producer.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "mq.producer.transaction.jdbc.enabled", havingValue = "true")
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnBean(PlatformTransactionManager.class)
@EnableConfigurationProperties(MQTransactionLogProperties.class)
public final class MQProducerJdbcTransactionLogAutoConfiguration {

    private static final Duration CLEAN_UP_INTERVAL = Duration.ofMinutes(10);

    MQProducerJdbcTransactionLogAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(TransactionLog.class)
    JdbcTransactionLog mqTransactionLog(DataSource dataSource, MQTransactionLogProperties properties) {
        JdbcTransactionLog log = new JdbcTransactionLog(dataSource, properties.getRetention());
        log.initializeSchema(properties.getInitializeSchema());
        return log;
    }

    /** When whatever else makes tables has had its turn. */
    @Bean
    @ConditionalOnBean(JdbcTransactionLog.class)
    SmartInitializingSingleton mqTransactionLogVerification(JdbcTransactionLog log) {
        return log::verifyTable;
    }

    @Bean
    @ConditionalOnBean(JdbcTransactionLog.class)
    JdbcTransactionLogCleaner mqTransactionLogCleaner(JdbcTransactionLog log) {
        Duration firstDelay = Duration.ofMillis(ThreadLocalRandom.current().nextLong(CLEAN_UP_INTERVAL.toMillis()));
        return new JdbcTransactionLogCleaner(log, firstDelay, CLEAN_UP_INTERVAL);
    }
}
