package io.mqproducer.test;

import io.mqproducer.test.launcher.BrokerMain;
import io.mqproducer.test.launcher.NameServerMain;
import io.mqproducer.test.process.ChildCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Configuration and command lines of the servers: small, quick, on the loopback interface only, everything they write
 * inside the cluster's folder.
 *
 * @param settings what the cluster is to be like
 * @param folder the cluster's folder
 */
record ServerFiles(ClusterSettings settings, Path folder) {

    /** For processes whose speed matters less than their start. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    /** Else a consumer whose first look at the queues comes too early takes the next one 20 s later. */
    private static final String EAGER_CONSUMERS = "-Drocketmq.client.rebalance.waitInterval=1000";

    private static final String LOGGING = """
            <configuration>
              <appender name="FILE" class="org.apache.rocketmq.logging.ch.qos.logback.core.FileAppender">
                <file>${mq.log}</file>
                <encoder><pattern>%d{HH:mm:ss.SSS} %-5level [%thread] %logger - %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="FILE"/></root>
            </configuration>
            """;

    ChildCommand nameServer(String name, int port) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("listenPort", Integer.toString(port));
        properties.put("bindAddress", EmbeddedServer.HOST);
        properties.put("rocketmqHome", home(name).toString());
        properties.put("kvConfigPath", home(name).resolve("kvConfig.json").toString());
        properties.put(
                "configStorePath", home(name).resolve("namesrv.properties").toString());
        properties.put("orderMessageEnable", "true"); // only topics that have an order are told theirs
        properties.put("defaultThreadPoolNums", "2");
        properties.put("clientRequestThreadPoolNums", "2");
        List<String> arguments = List.of(write(name, properties).toString());
        return server(name, NameServerMain.class, jvmOptions("-Xms32m", "-Xmx128m", QUICK_START), arguments);
    }

    ChildCommand broker(String name, int port, String allNameServers, String liveNameServers) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("listenPort", Integer.toString(port));
        properties.put("haListenPort", Integer.toString(port + 1));
        properties.put("brokerIP1", EmbeddedServer.HOST);
        properties.put("brokerIP2", EmbeddedServer.HOST);
        properties.put("brokerName", name);
        properties.put("brokerClusterName", EmbeddedRocketMQ.CLUSTER_NAME);
        properties.put("brokerId", "0");
        properties.put("namesrvAddr", allNameServers);
        properties.put("rocketmqHome", home(name).toString());
        properties.put("storePathRootDir", home(name).resolve("store").toString());
        properties.put(
                "storePathCommitLog", home(name).resolve("store/commitlog").toString());
        properties.putAll(BrokerDefaults.of(settings.version()));
        Credentials credentials = settings.credentials();
        if (credentials != null) {
            properties.putAll(BrokerDefaults.acl(settings.version(), credentials));
        }
        properties.putAll(settings.brokerProperties());
        List<String> arguments = List.of(write(name, properties).toString(), liveNameServers);
        return server(name, BrokerMain.class, jvmOptions("-Xms128m", "-Xmx512m"), arguments);
    }

    private ChildCommand server(String name, Class<?> mainClass, List<String> jvmOptions, List<String> arguments) {
        List<String> options = new ArrayList<>(jvmOptions);
        if (settings.version() == RocketMQVersion.V4_9_7) {
            new LegacyFiles(home(name)).write(settings.credentials());
            options.addAll(LegacyFiles.JVM_OPTIONS);
        }
        return command(name, settings.version(), mainClass, options, arguments);
    }

    /** User and password of a client, if ACL is on. */
    List<String> credentials() {
        Credentials credentials = settings.credentials();
        return credentials == null ? List.of() : List.of(credentials.user(), credentials.password());
    }

    /** RocketMQ's own client, of the present version whatever the servers are of. */
    ChildCommand client(Class<?> mainClass, List<String> arguments) {
        List<String> options = List.of("-Xms32m", "-Xmx256m", QUICK_START, EAGER_CONSUMERS);
        return command("client", RocketMQVersion.V5_5_0, mainClass, options, arguments);
    }

    /** A process with RocketMQ's jars, quiet and without a trace outside the folder. */
    private ChildCommand command(
            String name, RocketMQVersion version, Class<?> mainClass, List<String> jvmOptions, List<String> arguments) {
        List<String> options = new ArrayList<>();
        options.add("-XX:+UseSerialGC");
        options.add("-XX:-UsePerfData"); // its file would stay after SIGKILL
        options.add("-Duser.home=" + home(name));
        options.add("-Djava.io.tmpdir=" + home(name));
        options.add("-Drocketmq.home.dir=" + home(name));
        options.add("-Drmq.logback.configurationFile=" + logging());
        options.add("-Dmq.log=" + folder.resolve(name + "-rocketmq.log"));
        options.add("-Dtls.server.mode=" + settings.tls().name().toLowerCase(Locale.ROOT));
        options.add("-Dtls.enable=" + (settings.tls() == TlsMode.ENFORCING));
        options.addAll(jvmOptions);
        return new ChildCommand(name, mainClass, version.jars(), options, arguments);
    }

    private List<String> jvmOptions(String... defaults) {
        return Stream.concat(Stream.of(defaults), settings.jvmOptions().stream())
                .toList();
    }

    private Path home(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, Map<String, String> content) {
        Path file = folder.resolve(name + ".properties");
        Properties properties = new Properties();
        properties.putAll(content);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private Path logging() {
        Path file = folder.resolve("logging.xml");
        try {
            // Once: a process that has just been started may be reading it.
            return Files.exists(file) ? file : Files.writeString(file, LOGGING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
