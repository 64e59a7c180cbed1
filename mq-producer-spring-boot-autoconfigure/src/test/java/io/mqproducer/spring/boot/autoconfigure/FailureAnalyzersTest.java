package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.messaging.MQMessagingAutoConfiguration;
import io.mqproducer.spring.messaging.MQMessagingTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
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
                .contains("mq.producer.name-servers: address must end in a port from 1 to 65535, got 'ns2:99999'")
                .contains("Write 'mq.producer.name-servers' as host:port[,host:port]");
    }

    @Test
    void explainABadGroup(CapturedOutput output) {
        failToStart(Application.class, "--mq.producer.group=my group", "--spring.application.name=orders");

        assertThat(output)
                .contains("mq.producer.group may contain letters, digits, '%', '|', '_' and '-' only, got 'my group'")
                .contains("Set 'mq.producer.group' to at most 120 letters")
                .doesNotContain("The group was made from");
    }

    @Test
    void explainABadGroupThatTheApplicationsNameMade(CapturedOutput output) {
        failToStart(Application.class, "--spring.application.name=" + "x".repeat(121));

        assertThat(output)
                .contains("mq.producer.group has a limit of 120 characters, got 121 characters")
                .contains("The group was made from 'spring.application.name', because 'mq.producer.group' is not set.");
    }

    @Test
    void explainAnyOtherBadSetting(CapturedOutput output) {
        failToStart(Application.class, "--mq.producer.retry.max-retries=-1");

        assertThat(output)
                .contains("    mq.producer.retry.max-retries must be at least 0, got -1")
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

    @Test
    void nameThePropertyOfAnInstance(CapturedOutput output) {
        failToStart(Application.class, "--mq.producer.instances.audit.name-servers=ns1:99999");

        assertThat(output)
                .contains("The MQ producer 'audit' cannot be made, because a setting below"
                        + " 'mq.producer.instances.audit' breaks a rule:")
                .contains("    mq.producer.instances.audit.name-servers: address must end in a port")
                .contains("Write 'mq.producer.instances.audit.name-servers' as host:port[,host:port]");
    }

    @Test
    void nameTheGroupOfAnInstance(CapturedOutput output) {
        failToStart(Application.class, "--mq.producer.instances[audit.log].group=my group");

        assertThat(output)
                .contains("mq.producer.instances[audit.log].group may contain letters, digits")
                .contains("Set 'mq.producer.instances[audit.log].group' to at most 120 letters");
    }

    @Test
    void explainABundleThatIsNotThere(CapturedOutput output) {
        failToStart(ApplicationWithBundles.class, "--mq.producer.instances.audit.ssl.bundle=mine");

        assertThat(output)
                .contains("mq.producer.instances.audit.ssl.bundle must be the name of an SSL bundle below"
                        + " spring.ssl.bundle, got 'mine'");
    }

    @Test
    void explainABundleThatNobodyHas(CapturedOutput output) {
        failToStart(Application.class, "--mq.producer.ssl.bundle=mine");

        assertThat(output).contains("mq.producer.ssl.bundle is set to 'mine', but the context has no SslBundles bean");
    }

    @Test
    void explainABundleBesidesFiles(CapturedOutput output) {
        failToStart(
                ApplicationWithBundles.class,
                "--mq.producer.ssl.bundle=mine",
                "--mq.producer.ssl.trust-store=/t.p12",
                "--mq.producer.ssl.key-password=k");

        assertThat(output)
                .contains("mq.producer.ssl.bundle must not be set together with ssl.trust-store, ssl.key-password");
    }

    @Test
    void explainAClashOfBeanNames(CapturedOutput output) {
        failToStart(ApplicationWithABeanOfThatName.class, "--mq.producer.instances.audit.group=a");

        assertThat(output)
                .contains(
                        "The property 'mq.producer.instances.audit' makes a bean 'auditMqProducer', but there is one of"
                                + " that name, defined in ")
                .contains("Give the instance 'audit' another name, or the bean 'auditMqProducer'.");
    }

    @Test
    void tellWhichProducersThereAre(CapturedOutput output) {
        failToStart(
                ApplicationThatWantsAdit.class,
                "--mq.producer.instances.audit.group=a",
                "--mq.producer.instances.payment.group=p");

        assertThat(output)
                .contains("asks for the MQTemplate 'adit', and there is none of that name. The instances below"
                        + " 'mq.producer.instances' are: 'audit', 'payment'.")
                .contains(
                        "Configure 'mq.producer.instances.adit.*', or write @Qualifier(\"audit\"), or leave @Qualifier"
                                + " out to get the primary one.");
    }

    @Test
    void tellWhichProducersThereAreToWhoWantsATemplateForSpringsMessages(CapturedOutput output) {
        failToStart(ApplicationThatWantsAditForMessaging.class, "--mq.producer.instances.audit.group=a");

        assertThat(output)
                .contains("asks for the MQMessagingTemplate 'adit', and there is none of that name.")
                .contains("or write @Qualifier(\"audit\")");
    }

    @Test
    void tellThatThereAreNoOtherProducers(CapturedOutput output) {
        failToStart(ApplicationThatWantsAdit.class);

        assertThat(output).contains("No instances are configured below 'mq.producer.instances'.");
    }

    @Test
    void leaveOtherMissingBeansAlone(CapturedOutput output) {
        failToStart(ApplicationThatWantsAString.class, "--mq.producer.instances.audit.group=a");

        assertThat(output).doesNotContain("mq.producer.instances'");
    }

    @Test
    void explainAFailFastStartOfAnInstance(CapturedOutput output) {
        failToStart(
                Application.class,
                "--mq.producer.instances.audit.name-servers=localhost:1",
                "--mq.producer.instances.audit.fail-fast=true");

        assertThat(output)
                .contains("'mq.producer.instances.audit.fail-fast' is set and no name server answers:")
                .contains("localhost:1")
                .contains("correct 'mq.producer.instances.audit.name-servers'");
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

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({MQProducerAutoConfiguration.class, SslAutoConfiguration.class})
    static class ApplicationWithBundles {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(MQProducerAutoConfiguration.class)
    static class ApplicationWithABeanOfThatName {

        @Bean
        String auditMqProducer() {
            return "x";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(MQProducerAutoConfiguration.class)
    static class ApplicationThatWantsAdit {

        @Bean
        Object wants(@Qualifier("adit") MQTemplate template) {
            return template;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({MQProducerAutoConfiguration.class, MQMessagingAutoConfiguration.class})
    static class ApplicationThatWantsAditForMessaging {

        @Bean
        Object wants(@Qualifier("adit") MQMessagingTemplate template) {
            return template;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(MQProducerAutoConfiguration.class)
    static class ApplicationThatWantsAString {

        @Bean
        Object wants(@Qualifier("adit") String string) {
            return string;
        }
    }
}
