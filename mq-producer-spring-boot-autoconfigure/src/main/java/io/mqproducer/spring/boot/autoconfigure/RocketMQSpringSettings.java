package io.mqproducer.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;

/** The settings of rocketmq-spring that an application has, as they are written here. */
final class RocketMQSpringSettings {

    static final String NAME_SERVER = "rocketmq.name-server";

    private static final String BEFORE = "rocketmq.producer.";
    private static final String AFTER = "mq.producer.";

    /** How a value has to be written. */
    private enum Value {
        AS_IT_IS(""),
        MILLISECONDS("ms"),
        BYTES("B"),
        SECRET("");

        private final String unit;

        Value(String unit) {
            this.unit = unit;
        }
    }

    /** A setting of before and its successor. */
    private record Setting(String former, String property, Value value) {}

    private static final List<Setting> SETTINGS = List.of(
            new Setting("group", "group", Value.AS_IT_IS),
            new Setting("namespace", "namespace", Value.AS_IT_IS),
            new Setting("namespace-v2", "namespace-v2", Value.AS_IT_IS),
            new Setting("instance-name", "instance-name", Value.AS_IT_IS),
            new Setting("send-message-timeout", "send-timeout", Value.MILLISECONDS),
            new Setting("max-message-size", "max-message-size", Value.BYTES),
            new Setting("compress-message-body-threshold", "compression.threshold", Value.BYTES),
            new Setting("retry-times-when-send-failed", "retry.max-retries", Value.AS_IT_IS),
            new Setting("retry-times-when-send-async-failed", "retry.max-retries", Value.AS_IT_IS),
            new Setting("retry-next-server", "retry.on-store-failure", Value.AS_IT_IS),
            new Setting("tls-enable", "ssl.enabled", Value.AS_IT_IS),
            new Setting("access-key", "acl.access-key", Value.SECRET),
            new Setting("secret-key", "acl.secret-key", Value.SECRET),
            new Setting("enable-msg-trace", "trace.enabled", Value.AS_IT_IS),
            new Setting("customized-trace-topic", "trace.topic", Value.AS_IT_IS));

    private final Binder binder;

    RocketMQSpringSettings(Binder binder) {
        this.binder = binder;
    }

    /** Where the name servers were, or nothing. */
    String nameServer() {
        return binder.bind(NAME_SERVER, String.class).orElse("");
    }

    /**
     * Lines for a properties file, without those that are there already. A secret is not shown but referred to. Where there
     * were two settings and is one, the first of them counts.
     */
    List<String> successors() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(AFTER + "name-servers", nameServer());
        for (Setting setting : SETTINGS) {
            String former = binder.bind(BEFORE + setting.former(), String.class).orElse("");
            if (!former.isBlank()
                    && !binder.bind(AFTER + setting.property(), String.class).isBound()) {
                String value = setting.value() == Value.SECRET
                        ? "${" + BEFORE + setting.former() + "}"
                        : former + setting.value().unit;
                lines.putIfAbsent(AFTER + setting.property(), value);
            }
        }
        List<String> written = new ArrayList<>();
        lines.forEach((property, value) -> written.add(property + "=" + value));
        return written;
    }
}
