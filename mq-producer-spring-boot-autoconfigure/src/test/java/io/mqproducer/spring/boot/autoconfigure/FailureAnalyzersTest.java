package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.spring.RecordingMQProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What people see on their screen when the start fails, by way of {@code spring.factories}. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalyzersTest {

    @Test
    void explainABadNameServer(CapturedOutput output) {
        failToStart(Application.class, "--mq.producer.name-servers=ns1:9876,ns2:99999");

        assertThat(output)
                .contains("The MQ producer 'mq-producer' cannot be made, because a setting below 'mq.producer' breaks")
                .contains("name-servers: address must end in a port from 1 to 65535, got 'ns2:99999'")
                .contains("Write 'mq.producer.name-servers' as host:port[,host:port]");
    }

    @Test
    void explainABadGroup(CapturedOutput output) {
        failToStart(Application.class, "--mq.producer.group=my group", "--spring.application.name=orders");

        assertThat(output)
                .contains("group may contain letters, digits, '%', '|', '_' and '-' only, got 'my group'")
                .contains("Set 'mq.producer.group' to at most 120 letters")
                .doesNotContain("The group was made from");
    }

    @Test
    void explainABadGroupThatTheApplicationsNameMade(CapturedOutput output) {
        failToStart(Application.class, "--spring.application.name=" + "x".repeat(121));

        assertThat(output)
                .contains("group has a limit of 120 characters, got 121 characters")
                .contains("The group was made from 'spring.application.name', because 'mq.producer.group' is not set.");
    }

    @Test
    void explainAnyOtherBadSetting(CapturedOutput output) {
        failToStart(Application.class, "--mq.producer.retry.max-retries=-1");

        assertThat(output)
                .contains("    retry.max-retries must be at least 0, got -1")
                .contains("Correct the property, or the MQProducerBuilderCustomizer bean if one has set the value.");
    }

    @Test
    void explainAFailFastStart(CapturedOutput output) {
        failToStart(ApplicationWithoutNameServer.class, "--mq.producer.fail-fast=true");

        assertThat(output)
                .contains("'mq.producer.fail-fast' is set and no name server answers:")
                .contains("ns1:9876: connection refused")
                .contains("Start a name server at one of these addresses, correct 'mq.producer.name-servers'");
    }

    @Test
    void leaveOtherFailuresOfRequestsAlone(CapturedOutput output) {
        failToStart(ApplicationWithoutNameServer.class);

        assertThat(output).doesNotContain("'mq.producer.fail-fast' is set");
    }

    private static void failToStart(Class<?> application, String... arguments) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(application).web(WebApplicationType.NONE);
        assertThatThrownBy(() -> builder.run(arguments)).isNotNull();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(MQProducerAutoConfiguration.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(MQProducerAutoConfiguration.class)
    static class ApplicationWithoutNameServer {

        @Bean
        RecordingMQProducer producer() {
            return new RecordingMQProducer() {
                @Override
                public void start() {
                    throw new RequestFailedException(
                            FailureKind.NAME_SERVER_UNAVAILABLE, "ns1:9876: connection refused");
                }
            };
        }
    }
}
