package io.mqproducer.spring.boot.autoconfigure.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.mqproducer.MQProducer;
import io.mqproducer.message.Message;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.Actuator;
import io.mqproducer.spring.messaging.MQMessagingTemplate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.aot.AotDetector;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An application with two named producers that sends a message each way and tells about its beans. Run by {@link
 * RocketMQAheadOfTimeIT} from code that was generated ahead of time.
 */
public final class AheadOfTimeMain {

    private AheadOfTimeMain() {}

    /** Nothing but what its class path brings, hooks, and a sender. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RegisterReflectionForBinding(Order.class)
    static class Application {

        @Bean
        SendMessageHook hookOfAll() {
            return marking("hooked-all");
        }

        @Bean
        @Qualifier("audit")
        SendMessageHook hookOfAudit() {
            return marking("hooked-audit");
        }

        @Bean
        Sender sender(
                MQTemplate primary,
                @Qualifier("audit") MQTemplate audit,
                @Qualifier("payment") MQMessagingTemplate payment,
                PlatformTransactionManager transactions,
                List<MQTemplate> unqualified,
                List<MQMessagingTemplate> unqualifiedForMessaging) {
            System.out.println(
                    "injected " + (unqualified.equals(List.of(primary)) && unqualifiedForMessaging.size() == 1));
            return new Sender(primary, audit, payment, new TransactionTemplate(transactions));
        }

        private static SendMessageHook marking(String property) {
            return new SendMessageHook() {
                @Override
                public Message beforeSend(SendMessageContext context) {
                    return context.message().toBuilder().property(property, "x").build();
                }
            };
        }
    }

    record Order(String id, int quantity) {}

    record Sender(MQTemplate primary, MQTemplate audit, MQMessagingTemplate payment, TransactionTemplate transactions) {

        void send() {
            primary.send("aot-orders", new Order("o", 1));
            audit.send("aot-audit", new Order("a", 2));
            payment.convertAndSend("aot-payment", new Order("p", 3));
            transactions.executeWithoutResult(
                    status -> primary.destination("aot-log").transactional().send(new Order("t", 4)));
        }
    }

    public static void main(String[] args) throws Exception {
        System.setProperty("spring.devtools.restart.enabled", "false");
        try (ConfigurableApplicationContext application = SpringApplication.run(Application.class, args)) {
            System.out.println("generated " + AotDetector.useGeneratedArtifacts());
            Map<String, String> states = new TreeMap<>();
            application
                    .getBeansOfType(MQProducer.class)
                    .forEach((name, producer) ->
                            states.put(name, producer.status().state().name()));
            System.out.println("producers " + states);
            application.getBean(Sender.class).send();
            application.getBean(MeterRegistry.class).find("mq.producer.send").timers().stream()
                    .map(timer -> "meter " + timer.getId().getTag("producer") + " "
                            + timer.getId().getTag("topic"))
                    .sorted()
                    .forEach(System.out::println);
            System.out.println("health " + Actuator.get(application, "health").body());
            System.out.println("endpoint "
                    + Actuator.get(application, "mqproducers/paymentMqProducer").body());
        }
        System.out.println("done");
    }
}
