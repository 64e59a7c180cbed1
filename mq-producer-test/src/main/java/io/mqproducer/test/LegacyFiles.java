package io.mqproducer.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a server before RocketMQ 5 looks for below its home: logging in Logback's own names, and the users of ACL 1.0.
 *
 * @param home the server's home
 */
record LegacyFiles(Path home) {

    /** Its store unmaps files by calling into the JDK. */
    static final List<String> JVM_OPTIONS = Stream.of("java.nio", "sun.nio.ch", "jdk.internal.ref")
            .map(opened -> "--add-opens=java.base/" + opened + "=ALL-UNNAMED")
            .toList();

    private static final String LOGGING = """
            <configuration>
              <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                <file>${mq.log}</file>
                <encoder><pattern>%d{HH:mm:ss.SSS} %-5level [%thread] %logger - %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="FILE"/></root>
            </configuration>
            """;

    private static final String SUPER_USER = """
            accounts:
              - accessKey: %s
                secretKey: %s
                admin: true
            """;

    /** Writes all that is not there yet; the same before each start. */
    void write(@Nullable Credentials credentials) {
        try {
            Path folder = Files.createDirectories(home.resolve("conf"));
            Files.writeString(folder.resolve("logback_namesrv.xml"), LOGGING);
            Files.writeString(folder.resolve("logback_broker.xml"), LOGGING);
            if (credentials != null) {
                writeUser(folder, credentials);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeUser(Path folder, Credentials credentials) throws IOException {
        Path file = folder.resolve("plain_acl.yml");
        if (!Files.exists(file)) { // a test may have added users
            Files.writeString(file, SUPER_USER.formatted(credentials.user(), credentials.password()));
        }
    }
}
