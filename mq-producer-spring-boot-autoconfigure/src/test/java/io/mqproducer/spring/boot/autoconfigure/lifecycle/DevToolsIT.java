package io.mqproducer.spring.boot.autoconfigure.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DevToolsIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final String TOPIC = "devtools";
    private static final int RESTARTS = 20;

    @Test
    void f73_twentyRestartsLeaveNeitherThreadsNorClassLoaders() throws Exception {
        List<String> lines = new ChildJvm(Path.of(System.getProperty("java.home"), "bin", "java"))
                .run(
                        DevToolsMain.class,
                        TOPIC,
                        String.valueOf(RESTARTS),
                        "--spring.main.web-application-type=none",
                        "--spring.main.banner-mode=off",
                        "--spring.docker.compose.enabled=false",
                        "--spring.devtools.livereload.enabled=false",
                        "--mq.producer.group=devtools",
                        "--mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses());

        assertThat(lines).contains("loaders " + (RESTARTS + 1));
        assertThat(valueOf(lines, "loaders alive "))
                .as("class loaders of %d starts that are still there", RESTARTS + 1)
                .isBetween(1, 2);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("thread "))
                .as("threads of one producer")
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo(4);
        assertThat(ROCKETMQ.cluster().messages(TOPIC))
                .extracting(StoredMessage::msgId)
                .containsExactlyInAnyOrderElementsOf(lines.stream()
                        .filter(line -> line.startsWith("id "))
                        .map(line -> line.substring("id ".length()))
                        .toList())
                .hasSize(RESTARTS + 1);
    }

    private static int valueOf(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> Integer.valueOf(line.substring(prefix.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + prefix + "' in " + lines));
    }
}
