package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mqproducer.MQProducer;
import io.mqproducer.message.Message;
import io.mqproducer.test.junit.RocketMQExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** S18: a whole application with actuator, which sends, fails and logs all it can: no secret is to be seen anywhere. */
@Tag("rocketmq")
@ExtendWith(OutputCaptureExtension.class)
class SecretsOverHttpIT {

    private static final String CANARY = "CANARY";

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    @ParameterizedTest(name = "show-values={0}")
    @ValueSource(strings = {"never", "always"})
    void s18_noSecretIsShownAnywhere(String shown, CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext context = run(shown)) {
            MQProducer audit = context.getBean("auditMqProducer", MQProducer.class);
            MQProducer nowhere = context.getBean("nowhereMqProducer", MQProducer.class);
            audit.send(Message.of("secrets", new byte[] {1}));
            Throwable failure = catchThrowable(() -> nowhere.send(Message.of("secrets", new byte[] {1})));

            List<String> threads = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .toList();
            String properties = Actuator.get(context, "configprops/mq.producer").body();
            assertThat(Actuator.get(context, "env").body())
                    .contains("mq.producer.acl.secret-key")
                    .doesNotContain(CANARY);
            assertThat(properties).contains("secretKey", "nowhere").doesNotContain(CANARY);
            assertThat(properties.contains("PT1.5S")).isEqualTo(shown.equals("always"));
            assertThat(Actuator.get(context, "beans").body())
                    .contains("auditMqProducer")
                    .doesNotContain(CANARY);
            assertThat(Actuator.get(context, "mqproducers").body())
                    .contains("auditMqProducer")
                    .doesNotContain(CANARY);
            assertThat(Actuator.get(context, "health").body())
                    .contains("auditMqProducer")
                    .doesNotContain(CANARY);
            assertThat(threads).anyMatch(name -> name.contains("mq-producer")).noneMatch(name -> name.contains(CANARY));
            assertThat(failure).isNotNull();
            assertThat(failure.toString()).doesNotContain(CANARY);
            assertThat(audit.status().toString()).doesNotContain(CANARY);
            assertThat(context.getBean(MQProducerProperties.class).toString()).doesNotContain(CANARY);
        }
        assertThat(output).contains("DEBUG").doesNotContain(CANARY);
    }

    private static ConfigurableApplicationContext run(String shown) {
        String servers = ROCKETMQ.nameServerAddresses();
        Map<String, Object> properties = Map.ofEntries(
                Map.entry("server.port", "0"),
                Map.entry("logging.level.io.mqproducer", "trace"),
                Map.entry("management.endpoints.web.exposure.include", "*"),
                Map.entry("management.endpoint.env.show-values", shown),
                Map.entry("management.endpoint.configprops.show-values", shown),
                Map.entry("management.endpoint.health.show-details", "always"),
                Map.entry("mq.producer.name-servers", servers),
                Map.entry("mq.producer.send-timeout", "1500ms"),
                Map.entry("mq.producer.acl.access-key", "CANARY-access"),
                Map.entry("mq.producer.acl.secret-key", "CANARY-secret"),
                Map.entry("mq.producer.acl.security-token", "CANARY-token"),
                Map.entry("mq.producer.instances.audit.group", "audit"),
                Map.entry("mq.producer.instances.nowhere.name-servers", "localhost:1"),
                Map.entry("mq.producer.instances.nowhere.ssl.enabled", "false"),
                Map.entry("mq.producer.instances.nowhere.ssl.key-store-password", "CANARY-store"),
                Map.entry("mq.producer.instances.nowhere.acl.accessKey", "CANARY-other-access"),
                Map.entry("mq.producer.instances.nowhere.acl.secretKey", "CANARY-other-secret"));
        return new SpringApplicationBuilder(Application.class)
                .properties(properties)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration" // on Boot 3.5
            })
    static class Application {}
}
