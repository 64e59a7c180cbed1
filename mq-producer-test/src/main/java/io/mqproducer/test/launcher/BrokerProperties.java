package io.mqproducer.test.launcher;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The names of a broker's configuration file, which RocketMQ skips in silence when it does not know them. */
final class BrokerProperties {

    private static final List<String> CONFIGURATIONS = List.of(
            "org.apache.rocketmq.common.BrokerConfig",
            "org.apache.rocketmq.store.config.MessageStoreConfig",
            "org.apache.rocketmq.remoting.netty.NettyServerConfig",
            "org.apache.rocketmq.remoting.netty.NettyClientConfig",
            "org.apache.rocketmq.auth.config.AuthConfig");

    private BrokerProperties() {}

    /** Fails if the file has a name that would have no effect. */
    static void check(Path configFile) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(configFile)) {
            properties.load(reader);
        }
        Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        for (String configuration : CONFIGURATIONS) {
            for (Method method : methods(configuration)) {
                unknown.removeIf(name -> setter(name).equals(method.getName()));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Unknown broker properties " + unknown);
        }
    }

    private static Method[] methods(String configuration) {
        try {
            return Class.forName(configuration).getMethods();
        } catch (ClassNotFoundException e) {
            return new Method[0]; // this version of RocketMQ has no such configuration
        }
    }

    private static String setter(String name) {
        return "set" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
