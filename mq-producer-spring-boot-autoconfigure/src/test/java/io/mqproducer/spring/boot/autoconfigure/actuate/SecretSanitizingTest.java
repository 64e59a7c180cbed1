package io.mqproducer.spring.boot.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SecretSanitizingTest {

    private final SecretSanitizing sanitizing = new SecretSanitizing();

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "mq.producer.acl.secret-key",
                "mq.producer.acl.secretKey",
                "mq.producer.acl.access-key",
                "mq.producer.acl.security-token",
                "mq.producer.ssl.key-password",
                "mq.producer.ssl.key-store-password",
                "mq.producer.ssl.trust-store-password",
                "mq.producer.instances.audit.acl.secretKey",
                "mq.producer.instances[audit.log].acl.secret-key",
                "mq.producer.connection.proxy[10.0.0.0/8].password",
                "MQ_PRODUCER_ACL_SECRETKEY",
                "MQ_PRODUCER_INSTANCES_AUDIT_ACL_SECRET_KEY"
            })
    void hidesSecretsHoweverTheyAreSpelled(String key) {
        assertThat(sanitizing.apply(data(key)).getValue()).isEqualTo(SanitizableData.SANITIZED_VALUE);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "mq.producer.name-servers",
                "mq.producer.group",
                "spring.datasource.password",
                "mq.producer.ssl.bundle"
            })
    void leavesAllElseToOthers(String key) {
        assertThat(sanitizing.apply(data(key)).getValue()).isEqualTo("value");
    }

    private static SanitizableData data(String key) {
        return new SanitizableData(null, key, "value");
    }

    @Test
    void isThereIfActuatorIs() {
        ApplicationContextRunner contextRunner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MQProducerSanitizingAutoConfiguration.class));

        contextRunner.run(context -> assertThat(context).hasSingleBean(SanitizingFunction.class));
        contextRunner
                .withClassLoader(new FilteredClassLoader(SanitizingFunction.class))
                .run(context -> assertThat(context).doesNotHaveBean("mqProducerSanitizingFunction"));
    }
}
