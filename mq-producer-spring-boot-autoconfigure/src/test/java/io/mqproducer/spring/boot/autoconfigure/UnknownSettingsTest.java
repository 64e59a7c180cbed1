package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class UnknownSettingsTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "mq.producer.nmae-servers, mq.producer.name-servers",
        "mq.producer.sendTimout, mq.producer.send-timeout",
        "mq.producer.retry.max-retry, mq.producer.retry.max-retries",
        "mq.producer.max-retries, mq.producer.retry.max-retries",
        "mq.producer.access-key, mq.producer.acl.access-key",
        "mq.producer.instances.audit.nameserver, mq.producer.instances.audit.name-servers",
        "mq.producer.instances.audit.acl.acess-key, mq.producer.instances.audit.acl.access-key",
        "mq.producer.metrics.enable, mq.producer.metrics.enabled",
        "mq.producer.transaction.jdbc.retentoin, mq.producer.transaction.jdbc.retention"
    })
    void areNamedTogetherWithWhatMayHaveBeenMeant(String written, String meant, CapturedOutput output) {
        warnOf(written);

        assertThat(output)
                .contains(" is no property of the MQ producer and has no effect")
                .contains("; did you mean " + meant + "?");
    }

    @Test
    void areNamedAloneWhenNothingIsNear(CapturedOutput output) {
        warnOf("mq.producer.colour");

        assertThat(output)
                .contains("mq.producer.colour is no property of the MQ producer and has no effect")
                .doesNotContain("did you mean");
    }

    @Test
    void areNamedOnceHoweverOftenAndHoweverTheyAreSpelled(CapturedOutput output) {
        Map<String, Object> properties =
                Map.of("mq.producer.sendtimout", OriginTrackedValue.of("1s", new FixedOrigin("app.properties - 3:5")));
        environment.getPropertySources().addFirst(new OriginTrackedMapPropertySource("one", properties));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("two", Map.of("mq.producer.send-timout", "2s")));

        UnknownSettings.warn(environment);

        assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
                .hasSize(1);
    }

    @Test
    void areToldWhereTheyAreWritten(CapturedOutput output) {
        Map<String, Object> properties =
                Map.of("mq.producer.colour", OriginTrackedValue.of("red", new FixedOrigin("app.properties - 3:5")));
        environment.getPropertySources().addFirst(new OriginTrackedMapPropertySource("one", properties));

        UnknownSettings.warn(environment);

        assertThat(output).contains("has no effect (app.properties - 3:5)");
    }

    private record FixedOrigin(String text) implements org.springframework.boot.origin.Origin {
        @Override
        public String toString() {
            return text;
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "mq.producer.enabled",
                "mq.producer.name-servers",
                "mq.producer.nameServers[0]",
                "mq.producer.name_servers",
                "mq.producer.retry.response-codes[2]",
                "mq.producer.instances.audit.retry.maxRetries",
                "mq.producer.instances[audit.log].name-servers[1]",
                "mq.producer.instances.CamelCase.ssl.bundle",
                "mq.producer.connection.broker-address-mapping[10.0.0.1:10911]",
                "mq.producer.connection.proxy[10.0.0.0/8].address",
                "mq.producer.metrics.max-topic-tags",
                "mq.producer.transaction.check-threads",
                "mq.producer.transaction.jdbc.enabled",
                "mq.producer.transaction.jdbc.topics[0]",
                "mq.producers.something",
                "mq.consumer.something"
            })
    void areNotThoseThatAreKnownInAnySpelling(String known, CapturedOutput output) {
        warnOf(known);

        assertThat(output).doesNotContain("WARN");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "MQ_PRODUCER_ENABLED",
                "MQ_PRODUCER_NAMESERVERS",
                "MQ_PRODUCER_NAME_SERVERS",
                "MQ_PRODUCER_NAMESERVERS_0",
                "MQ_PRODUCER_RETRY_MAXRETRIES",
                "MQ_PRODUCER_INSTANCES_ORDEREVENTS_ACL_SECRETKEY",
                "MQ_PRODUCER_CONNECTION_PROXY_X_ADDRESS",
                "MQ_PRODUCER_SERVICE_HOST",
                "MQ_PRODUCER_PORT_9876_TCP_ADDR"
            })
    void areNotVariablesThatAreKnownOrSomebodyElses(String variable, CapturedOutput output) {
        setVariable(variable);

        UnknownSettings.warn(environment);

        assertThat(output).doesNotContain("WARN");
    }

    @Test
    void areVariablesWithASlipOfThePen(CapturedOutput output) {
        setVariable("MQ_PRODUCER_SENDTIMOUT");

        UnknownSettings.warn(environment);

        assertThat(output).contains("did you mean mq.producer.send-timeout?");
    }

    private void setVariable(String variable) {
        environment
                .getPropertySources()
                .replace(
                        "systemEnvironment",
                        new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "1")));
    }

    private void warnOf(String property) {
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(property, "1")));
        UnknownSettings.warn(environment);
    }
}
