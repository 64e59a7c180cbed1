package io.mqproducer.spring.boot.autoconfigure.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.mqproducer.spring.MQTemplate;
import io.mqproducer.test.junit.RocketMQExtension;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The log's row is part of the transaction that JPA's transaction manager runs, through the connection that it exposes. */
@Tag("rocketmq")
class RocketMQTransactionsWithJpaIT {

    private static final String TOPIC = "tx-jpa";

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private final ApplicationContextRunner contextRunner =
            LoggedApplication.on(ROCKETMQ, TOPIC).withUserConfiguration(Jpa.class);

    @Configuration(proxyBeanMethods = false)
    static class Jpa {

        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setPackagesToScan("none");
            factory.setPersistenceUnitPostProcessors(unit -> unit.addManagedClassName(PaidOrder.class.getName()));
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create"));
            return factory;
        }

        @Bean
        JpaTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }
    }

    @Entity
    static class PaidOrder {

        @Id
        private String id;

        PaidOrder() {}

        PaidOrder(String id) {
            this.id = id;
        }
    }

    @Test
    void theMessageIsVisibleExactlyIfTheEntityIsStored() {
        contextRunner.run(context -> {
            inTransaction(context, entities -> send(context, entities, "kept"));
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> inTransaction(context, entities -> {
                        send(context, entities, "rolled back");
                        throw new IllegalStateException("the application's");
                    }));
            // the database refuses it when the entities are written, after everything else of the commit
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .isThrownBy(() -> inTransaction(context, entities -> send(context, entities, "kept")));
            inTransaction(context, entities -> send(context, entities, "kept too"));

            await().atMost(Duration.ofSeconds(30)).until(() -> stored().size() == 2);
            assertThat(stored()).containsExactlyInAnyOrder("kept", "kept too");
            JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
            assertThat(jdbc.queryForList("SELECT id FROM RocketMQTransactionsWithJpaIT$PaidOrder", String.class))
                    .containsExactlyInAnyOrder("kept", "kept too");
            assertThat(jdbc.queryForList("SELECT state FROM mq_transaction_log", String.class))
                    .containsExactly("COMMIT", "COMMIT");
        });
    }

    private static void send(ApplicationContext context, EntityManager entities, String order) {
        entities.persist(new PaidOrder(order));
        context.getBean(MQTemplate.class).destination(TOPIC).transactional().send(order);
    }

    private static void inTransaction(ApplicationContext context, Consumer<EntityManager> work) {
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> work.accept(EntityManagerFactoryUtils.getTransactionalEntityManager(
                        context.getBean(EntityManagerFactory.class))));
    }

    private static List<String> stored() {
        return LoggedApplication.stored(ROCKETMQ, TOPIC);
    }
}
