package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.SocksProxy;
import io.mqproducer.config.SslOptions;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsReportTest {

    /** Objects of the application, and what is shown as one line for many. */
    private static final Set<String> NOT_SHOWN_BY_THEMSELVES = Set.of(
            "hook",
            "transactionChecker",
            "metrics",
            "callbackExecutor",
            "credentials",
            "brokerAddressMapper",
            "ioThreads",
            "ssl",
            "aclAccessKey",
            "aclSecretKey",
            "aclSecurityToken",
            "namespaceV2", // excludes the other namespace
            "build");

    @Test
    void showsEverySettingByTheNameOfItsProperty() {
        Map<String, String> settings = settingsOf(MQProducer.builder("g")
                .namespace("ns")
                .instanceName("one")
                .clientAddress("10.0.0.1")
                .unitName("unit")
                .zone("z")
                .warmUpTopics("a", "b")
                .retryAttemptTimeout(Duration.ofMillis(700))
                .connectionBrokerAddressMapping(Map.of("10.0.0.1:10911", "localhost:10911"))
                .connectionProxy(Map.of("10.0.0.0/8", SocksProxy.of("proxy:1080", "user", "hunter2"))));

        Set<String> shown = settings.keySet().stream()
                .filter(name -> !name.matches("group|acl|ssl.*"))
                .map(SettingsReportTest::camelCase)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown)
                .isEqualTo(Arrays.stream(MQProducerBuilder.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(method -> method.getName())
                        .filter(name -> !NOT_SHOWN_BY_THEMSELVES.contains(name))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void writesValuesAsOneWouldInProperties() {
        Map<String, String> settings = settingsOf(MQProducer.builder("g")
                .nameServers("a:9876", "b:9876")
                .retryAttemptTimeout(Duration.ofMillis(1500))
                .connectionBrokerAddressMapping(Map.of("10.0.0.1:10911", "localhost:10911")));

        assertThat(settings)
                .containsEntry("group", "g")
                .containsEntry("name-servers", "a:9876,b:9876")
                .containsEntry("send-timeout", "3s")
                .containsEntry("retry.backoff", "50ms")
                .containsEntry("retry.attempt-timeout", "1500ms")
                .containsEntry("retry.response-codes", "1,2,14,16,17,204,205,1500")
                .containsEntry("compression.type", "ZLIB")
                .containsEntry("connection.io-threads", "derived")
                .containsEntry("connection.broker-address-mapping", "10.0.0.1:10911=localhost:10911")
                .containsEntry("ssl.enabled", "false")
                .containsEntry("acl", "none")
                .doesNotContainKeys("namespace", "zone");
    }

    @Test
    void s19_showsNoSecret() {
        Map<String, String> settings = settingsOf(MQProducer.builder("g")
                .aclAccessKey("canary-access")
                .aclSecretKey("canary-secret")
                .aclSecurityToken("canary-token")
                .connectionProxy(Map.of("10.0.0.0/8", SocksProxy.of("proxy:1080", "user", "canary-proxy")))
                .ssl(SslOptions.builder().expectedName("brokers.example.com").build()));

        assertThat(settings)
                .containsEntry("acl", "******")
                .containsEntry("ssl.enabled", "true")
                .containsEntry("ssl.expected-name", "brokers.example.com")
                .containsEntry("connection.proxy", "10.0.0.0/8=proxy:1080");
        assertThat(settings.toString()).doesNotContain("canary");
    }

    private static Map<String, String> settingsOf(MQProducerBuilder builder) {
        try (MQProducer producer = builder.build()) {
            return producer.status().settings();
        }
    }

    private static String camelCase(String property) {
        return Pattern.compile("[.-](.)")
                .matcher(property)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
