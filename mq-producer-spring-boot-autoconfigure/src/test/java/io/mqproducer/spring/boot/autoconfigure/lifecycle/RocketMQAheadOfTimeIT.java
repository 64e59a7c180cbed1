package io.mqproducer.spring.boot.autoconfigure.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/** As the build of a native image does it, up to the image itself: code is generated, compiled, and run in place of scanning. */
@Tag("rocketmq")
class RocketMQAheadOfTimeIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final List<String> AT_BUILD_TIME = List.of(
            "--spring.docker.compose.enabled=false",
            "--spring.main.banner-mode=off",
            "--server.port=0",
            "--management.endpoints.web.exposure.include=health,mqproducers",
            "--management.endpoint.health.show-details=always",
            "--mq.producer.group=orders",
            "--mq.producer.send-timeout=30s",
            "--mq.producer.transaction.jdbc.enabled=true",
            "--mq.producer.transaction.jdbc.topics=aot-log",
            "--mq.producer.instances.audit.group=audit",
            "--mq.producer.instances.payment.group=payment");

    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private final ChildJvm jvm = new ChildJvm(Path.of(System.getProperty("java.home"), "bin", "java"));

    @TempDir
    private Path target;

    @Test
    void anApplicationWithTwoNamedProducersStartsAndSends() throws Exception {
        compile(generate());

        List<String> lines = jvm.withClassPath(target.resolve("classes"), target.resolve("resources"))
                .withOptions(SHORT_LIVED, "-Dspring.aot.enabled=true")
                .run(
                        AheadOfTimeMain.class,
                        with(
                                "--mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses(),
                                "--mq.producer.instances.late.group=late"));

        assertThat(lines)
                .contains("generated true", "injected true", "done")
                .contains("producers {auditMqProducer=RUNNING, mqProducer=RUNNING, paymentMqProducer=RUNNING}")
                .contains("meter orders aot-orders", "meter audit aot-audit", "meter payment aot-payment")
                .anyMatch(line ->
                        line.contains("the application was built ahead of time without the MQ producer 'late'"));
        assertThat(startingWith("health ", lines))
                .contains("auditMqProducer", "mqProducer", "paymentMqProducer")
                .doesNotContain("DOWN");
        assertThat(startingWith("endpoint ", lines)).contains("\"state\":\"RUNNING\"", "\"topic\":\"aot-payment\"");
        assertThat(stored("aot-orders").get(0).properties())
                .containsKey("hooked-all")
                .doesNotContainKey("hooked-audit");
        assertThat(stored("aot-audit").get(0).properties()).containsKeys("hooked-all", "hooked-audit");
        assertThat(bodies("aot-orders")).containsExactly("{\"id\":\"o\",\"quantity\":1}");
        assertThat(bodies("aot-audit")).containsExactly("{\"id\":\"a\",\"quantity\":2}");
        assertThat(bodies("aot-payment")).containsExactly("{\"id\":\"p\",\"quantity\":3}");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bodies("aot-log")).containsExactly("{\"id\":\"t\",\"quantity\":4}"));
    }

    private List<String> generate() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                AheadOfTimeMain.class.getName(),
                target.resolve("sources").toString(),
                target.resolve("resources").toString(),
                target.resolve("classes").toString(),
                "io.mqproducer",
                "ahead-of-time"));
        arguments.addAll(AT_BUILD_TIME);
        jvm.withOptions(SHORT_LIVED).run(SpringApplicationAotProcessor.class, arguments.toArray(String[]::new));
        try (Stream<Path> files = Files.walk(target.resolve("sources"))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .toList();
        }
    }

    private void compile(List<String> sources) throws IOException {
        Path classes = Files.createDirectories(target.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-nowarn", "-proc:none", "-classpath", ChildJvm.classPath(), "-d", classes.toString()));
        arguments.addAll(sources);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private static String[] with(String... atRunTime) {
        return Stream.concat(AT_BUILD_TIME.stream(), Stream.of(atRunTime)).toArray(String[]::new);
    }

    private static String startingWith(String prefix, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    private static List<StoredMessage> stored(String topic) {
        return ROCKETMQ.cluster().messages(topic);
    }

    private static List<String> bodies(String topic) {
        return stored(topic).stream()
                .map(message -> new String(message.body(), UTF_8))
                .toList();
    }
}
