package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mqproducer.MQProducer;
import io.mqproducer.MQProducerBuilder;
import io.mqproducer.config.BackPressureMode;
import io.mqproducer.config.CompressionType;
import io.mqproducer.config.SocksProxy;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProducerSettingsMapperTest {

    /** Set by public methods, and yet no properties. */
    private static final Set<String> NO_PROPERTIES =
            Set.of("name", "metrics", "callbackExecutor", "credentials", "brokerAddressMapper", "ioThreads", "ssl");

    private static final Set<String> SETTERS = Arrays.stream(MQProducerBuilder.class.getMethods())
            .map(Method::getName)
            .filter(name -> !NO_PROPERTIES.contains(name))
            .collect(Collectors.toSet());

    @Test
    void hasTheBuildersDefaults() {
        MQProducerBuilder mapped = ProducerSettingsMapper.toBuilder("g", new MQProducerProperties());

        assertThat(values(mapped)).isEqualTo(values(MQProducer.builder("g")));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("properties")
    void handsEveryPropertyToTheBuilder(String property, String value, String field, Object expected) {
        MQProducerProperties properties = bind(Map.of("mq.producer." + property, value));

        Map<String, Object> mapped = values(ProducerSettingsMapper.toBuilder("g", properties));

        Map<String, Object> wanted = values(MQProducer.builder("g"));
        assertThat(wanted.get(field))
                .as("a value that differs from the default")
                .isNotEqualTo(expected);
        wanted.put(field, expected);
        assertThat(mapped).isEqualTo(wanted);
    }

    @Test
    void knowsEveryFieldOfTheBuilder() {
        Set<String> mapped =
                properties().map(arguments -> (String) arguments.get()[2]).collect(Collectors.toSet());

        assertThat(mapped).isEqualTo(values(MQProducer.builder("g")).keySet());
    }

    static Stream<Arguments> properties() {
        List<Duration> two = List.of(Duration.ofMillis(20), Duration.ofSeconds(2));
        return Stream.of(
                Arguments.of("name-servers", "a:1,b:2", "nameServers", List.of("a:1", "b:2")),
                Arguments.of("name-servers", "a:1;b:2", "nameServers", List.of("a:1;b:2")),
                Arguments.of("namespace", "ns", "namespace", "ns"),
                Arguments.of("namespace-v2", "ns", "namespaceV2", "ns"),
                Arguments.of("instance-name", "i", "instanceName", "i"),
                Arguments.of("unit-name", "u", "unitName", "u"),
                Arguments.of("client-address", "10.0.0.7", "clientAddress", "10.0.0.7"),
                Arguments.of("unit-mode", "true", "unitMode", true),
                Arguments.of("zone", "z", "zone", "z"),
                Arguments.of("vip-channel-enabled", "true", "vipChannelEnabled", true),
                Arguments.of("fail-fast", "true", "failFast", true),
                Arguments.of("send-timeout", "500ms", "sendTimeout", Duration.ofMillis(500)),
                Arguments.of("send-timeout", "700", "sendTimeout", Duration.ofMillis(700)),
                Arguments.of("max-message-size", "1MB", "maxMessageSize", 1024 * 1024),
                Arguments.of("max-message-size", "2000", "maxMessageSize", 2000),
                Arguments.of("shutdown-timeout", "1s", "shutdownTimeout", Duration.ofSeconds(1)),
                Arguments.of("warm-up-topics", "a,b", "warmUpTopics", List.of("a", "b")),
                Arguments.of("auto-create-topics", "false", "autoCreateTopics", false),
                Arguments.of("default-topic-queues", "8", "defaultTopicQueues", 8),
                Arguments.of("retry.max-retries", "5", "retryMaxRetries", 5),
                Arguments.of("retry.attempt-timeout", "1s", "retryAttemptTimeout", Duration.ofSeconds(1)),
                Arguments.of("retry.on-store-failure", "true", "retryOnStoreFailure", true),
                Arguments.of("retry.after-maybe-stored", "false", "retryAfterMaybeStored", false),
                Arguments.of("retry.response-codes", "1,2", "retryResponseCodes", Set.of(1, 2)),
                Arguments.of("retry.backoff", "10ms", "retryBackoff", Duration.ofMillis(10)),
                Arguments.of("retry.max-backoff", "2s", "retryMaxBackoff", Duration.ofSeconds(2)),
                Arguments.of("ordering.strict", "false", "orderingStrict", false),
                Arguments.of("transaction.check-threads", "4", "transactionCheckThreads", 4),
                Arguments.of("transaction.check-queue-capacity", "9", "transactionCheckQueueCapacity", 9),
                Arguments.of("compression.enabled", "false", "compressionEnabled", false),
                Arguments.of("compression.threshold", "1KB", "compressionThreshold", 1024),
                Arguments.of("compression.type", "lz4", "compressionType", CompressionType.LZ4),
                Arguments.of("compression.level", "9", "compressionLevel", 9),
                Arguments.of("fault-tolerance.enabled", "true", "faultToleranceEnabled", true),
                Arguments.of("fault-tolerance.latency-thresholds", "20ms,2s", "faultToleranceLatencyThresholds", two),
                Arguments.of("fault-tolerance.isolation-times", "20ms,2s", "faultToleranceIsolationTimes", two),
                Arguments.of("fault-tolerance.detector.enabled", "true", "faultToleranceDetectorEnabled", true),
                Arguments.of(
                        "fault-tolerance.detector.interval",
                        "5s",
                        "faultToleranceDetectorInterval",
                        Duration.ofSeconds(5)),
                Arguments.of(
                        "fault-tolerance.detector.timeout",
                        "1s",
                        "faultToleranceDetectorTimeout",
                        Duration.ofSeconds(1)),
                Arguments.of("trace.enabled", "true", "traceEnabled", true),
                Arguments.of("trace.topic", "traces", "traceTopic", "traces"),
                Arguments.of("trace.batch-size", "5", "traceBatchSize", 5),
                Arguments.of("connection.connect-timeout", "1s", "connectionConnectTimeout", Duration.ofSeconds(1)),
                Arguments.of("connection.idle-timeout", "1m", "connectionIdleTimeout", Duration.ofMinutes(1)),
                Arguments.of(
                        "connection.heartbeat-interval", "5s", "connectionHeartbeatInterval", Duration.ofSeconds(5)),
                Arguments.of(
                        "connection.route-refresh-interval",
                        "5s",
                        "connectionRouteRefreshInterval",
                        Duration.ofSeconds(5)),
                Arguments.of("connection.io-threads", "3", "connectionIoThreads", 3),
                Arguments.of("connection.native-transport", "false", "connectionNativeTransport", false),
                Arguments.of(
                        "connection.broker-address-mapping[10.0.0.1:10911]",
                        "localhost:20911",
                        "connectionBrokerAddressMapping",
                        Map.of("10.0.0.1:10911", "localhost:20911")),
                Arguments.of(
                        "connection.proxy[10.0.0.0/8].address",
                        "proxy:1080",
                        "connectionProxy",
                        Map.of("10.0.0.0/8", SocksProxy.of("proxy:1080"))),
                Arguments.of("batch.enabled", "true", "batchEnabled", true),
                Arguments.of("batch.max-delay", "3ms", "batchMaxDelay", Duration.ofMillis(3)),
                Arguments.of("batch.max-size", "7KB", "batchMaxSize", 7 * 1024),
                Arguments.of("batch.max-total-size", "9MB", "batchMaxTotalSize", 9L * 1024 * 1024),
                Arguments.of("backpressure.enabled", "false", "backpressureEnabled", false),
                Arguments.of("backpressure.max-in-flight-messages", "10", "backpressureMaxInFlightMessages", 10),
                Arguments.of(
                        "backpressure.max-in-flight-size",
                        "8GB",
                        "backpressureMaxInFlightSize",
                        8L * 1024 * 1024 * 1024),
                Arguments.of("backpressure.mode", "fail", "backpressureMode", BackPressureMode.FAIL),
                Arguments.of("acl.access-key", "ak", "aclAccessKey", "ak"),
                Arguments.of("acl.secret-key", "sk", "aclSecretKey", "sk"),
                Arguments.of("acl.security-token", "st", "aclSecurityToken", "st"),
                Arguments.of("callback.threads", "4", "callbackThreads", 4),
                Arguments.of("callback.max-threads", "9", "callbackMaxThreads", 9));
    }

    @Test
    void handsCredentialsOfProxiesToTheBuilder() {
        MQProducerProperties properties = bind(Map.of(
                "mq.producer.connection.proxy[10.0.0.0/8].address", "proxy:1080",
                "mq.producer.connection.proxy[10.0.0.0/8].username", "u",
                "mq.producer.connection.proxy[10.0.0.0/8].password", "p"));

        assertThat(values(ProducerSettingsMapper.toBuilder("g", properties)).get("connectionProxy"))
                .isEqualTo(Map.of("10.0.0.0/8", SocksProxy.of("proxy:1080", "u", "p")));
    }

    @Test
    void refusesProxiesThatAreIncomplete() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerSettingsMapper.toBuilder(
                        "g", bind(Map.of("mq.producer.connection.proxy[10.0.0.0/8].username", "u"))))
                .withMessage("connection.proxy[10.0.0.0/8].address must be set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerSettingsMapper.toBuilder(
                        "g",
                        bind(Map.of(
                                "mq.producer.connection.proxy[10.0.0.0/8].address", "proxy:1080",
                                "mq.producer.connection.proxy[10.0.0.0/8].password", "p"))))
                .withMessage("connection.proxy[10.0.0.0/8] must have both username and password, or neither");
    }

    @Test
    void refusesSizesThatNoArrayHas() {
        MQProducerProperties properties = bind(Map.of("mq.producer.max-message-size", "2GB"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerSettingsMapper.toBuilder("g", properties))
                .withMessage("max-message-size must be 0 to 2147483647 bytes, got 2147483648B");
    }

    private static MQProducerProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("mq.producer", MQProducerProperties.class)
                .get();
    }

    private static Map<String, Object> values(MQProducerBuilder builder) {
        Map<String, Object> values = new LinkedHashMap<>();
        Arrays.stream(MQProducerBuilder.class.getDeclaredFields())
                .filter(field -> SETTERS.contains(field.getName()))
                .forEach(field -> values.put(field.getName(), value(field, builder)));
        return values;
    }

    private static Object value(Field field, MQProducerBuilder builder) {
        try {
            field.setAccessible(true);
            return field.get(builder);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
