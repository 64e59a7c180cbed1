package io.mqproducer.test;

import java.util.Arrays;
import java.util.Locale;

/** The options of {@link EmbeddedRocketMQ#main}, each as {@code --name=value}. */
final class CommandLine {

    private CommandLine() {}

    static EmbeddedRocketMQBuilder parse(String[] args) {
        EmbeddedRocketMQBuilder builder = EmbeddedRocketMQ.builder();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("Not --name=value: " + arg);
            }
            apply(builder, arg.substring(2, equals), arg.substring(equals + 1));
        }
        return builder;
    }

    /** Any other name is a property of the broker. */
    private static void apply(EmbeddedRocketMQBuilder builder, String name, String value) {
        switch (name) {
            case "version" -> builder.version(version(value));
            case "brokers" -> builder.brokers(Integer.parseInt(value));
            case "name-servers" -> builder.nameServers(Integer.parseInt(value));
            case "queues" -> builder.queues(Integer.parseInt(value));
            case "auto-create-topics" -> builder.autoCreateTopics(Boolean.parseBoolean(value));
            case "tls" -> builder.tls(TlsMode.valueOf(value.toUpperCase(Locale.ROOT)));
            default -> builder.brokerProperty(name, value);
        }
    }

    private static RocketMQVersion version(String text) {
        return Arrays.stream(RocketMQVersion.values())
                .filter(version -> version.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No version " + text));
    }
}
