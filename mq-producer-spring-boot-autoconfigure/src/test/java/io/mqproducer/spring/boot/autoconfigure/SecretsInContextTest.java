package io.mqproducer.spring.boot.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducer;
import io.mqproducer.config.Credentials;
import io.mqproducer.spi.CredentialsProvider;
import io.mqproducer.spring.BootJackson;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.beans.BeansEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.beans.BeansEndpoint;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** S18: what reads a context does not read secrets. */
class SecretsInContextTest {

    private static final String CANARY = "CANARY";

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MQProducerAutoConfiguration.class,
                    BootAutoConfigurations.JACKSON,
                    BootAutoConfigurations.PRODUCER_HEALTH,
                    BeansEndpointAutoConfiguration.class,
                    EnvironmentEndpointAutoConfiguration.class,
                    ConfigurationPropertiesReportEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "mq.producer.auto-startup=false",
                    "management.endpoints.web.exposure.include=*",
                    "management.endpoints.jmx.exposure.include=*",
                    "mq.producer.acl.access-key=CANARY-access",
                    "mq.producer.acl.secret-key=CANARY-secret",
                    "mq.producer.acl.security-token=CANARY-token",
                    "mq.producer.ssl.enabled=false",
                    "mq.producer.ssl.key-password=CANARY-key",
                    "mq.producer.ssl.key-store-password=CANARY-key-store",
                    "mq.producer.ssl.trust-store-password=CANARY-trust-store");

    @Test
    void s18_actuatorShowsNoSecret() {
        contextRunner.run(context -> {
            String environment = json(context.getBean(EnvironmentEndpoint.class).environment("mq.*"));
            String properties = json(context.getBean(ConfigurationPropertiesReportEndpoint.class)
                    .configurationPropertiesWithPrefix("mq.producer"));
            String beans = json(context.getBean(BeansEndpoint.class).beans());

            assertThat(environment).contains("mq.producer.acl.secret-key").doesNotContain(CANARY);
            assertThat(properties).contains("sendTimeout").doesNotContain(CANARY);
            assertThat(beans).contains("mqProducer").doesNotContain(CANARY);
            assertThat(context.getBean(MQProducer.class).status().toString()).doesNotContain(CANARY);
            Stream.of(context.getBeanDefinitionNames())
                    .filter(name -> name.startsWith("mq"))
                    .forEach(name -> assertThat(context.getBean(name).toString())
                            .as(name)
                            .doesNotContain(CANARY));
        });
    }

    @Test
    void s18_s31_aContextThatFailsShowsNoSecret() {
        contextRunner
                .withPropertyValues("mq.producer.acl.secret-key=CANARY\u0007CANARY")
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(context.getStartupFailure())
                            .hasStackTraceContaining("secret key must not contain control characters")
                            .satisfies(failure -> assertThat(Arrays.toString(allTexts(failure)))
                                    .doesNotContain(CANARY));
                });
    }

    private static String json(Object descriptor) {
        return new String(BootJackson.converter().toBody(descriptor), UTF_8);
    }

    private static String[] allTexts(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .map(Throwable::toString)
                .toArray(String[]::new);
    }

    @Test
    void takesTheProviderOfTheContext() {
        CredentialsProvider provider = () -> Credentials.of("a", "s");
        Object[] seen = new Object[1];

        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MQProducerAutoConfiguration.class, BootAutoConfigurations.JACKSON))
                .withPropertyValues("mq.producer.auto-startup=false")
                .withBean(CredentialsProvider.class, () -> provider)
                .withBean(MQProducerBuilderCustomizer.class, () -> (group, builder) -> seen[0] = credentialsOf(builder))
                .run(context -> assertThat(context).hasSingleBean(MQProducer.class));

        assertThat(seen[0]).isSameAs(provider);
    }

    @Test
    void refusesAProviderBesideKeys() {
        contextRunner
                .withBean(CredentialsProvider.class, () -> () -> Credentials.of("a", "s"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(
                                "acl.access-key must not be set together with a credentials provider"));
    }

    private static Object credentialsOf(Object builder) {
        try {
            Field field = builder.getClass().getDeclaredField("credentials");
            field.setAccessible(true);
            return field.get(builder);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
