package io.mqproducer.spring.boot.autoconfigure.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.spring.boot.autoconfigure.MQConnectionDetails;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

class MQDockerComposeConnectionDetailsFactoryTest {

    /** A service as Docker Compose would tell of it. */
    private record Service(String name, ImageReference image, Map<Integer, Integer> mapped, Map<String, String> labels)
            implements RunningService {

        @Override
        public String host() {
            return "docker.example";
        }

        @Override
        public Map<String, String> env() {
            return Map.of();
        }

        @Override
        public ConnectionPorts ports() {
            return new ConnectionPorts() {
                @Override
                public int get(int containerPort) {
                    Integer host = mapped.get(containerPort);
                    if (host == null) {
                        throw new IllegalStateException(
                                "No host port mapping found for container port " + containerPort);
                    }
                    return host;
                }

                @Override
                public List<Integer> getAll() {
                    return List.copyOf(mapped.values());
                }

                @Override
                public List<Integer> getAll(String protocol) {
                    return getAll();
                }
            };
        }
    }

    @Test
    void findsTheNameServer() throws Exception {
        MQConnectionDetails details = details("apache/rocketmq:5.3.2", Map.of(9876, 32001), Map.of());

        assertThat(details).isNotNull();
        assertThat(details.getNameServers()).containsExactly("docker.example:32001");
        assertThat(details.getCredentials()).isNull();
        assertThat(details.getSslBundle()).isNull();
    }

    @Test
    void findsOneThatALabelNames() throws Exception {
        Map<String, String> label = Map.of("org.springframework.boot.service-connection", "apache/rocketmq");

        assertThat(details("registry.example/own:1", Map.of(9876, 32001), label))
                .isNotNull();
    }

    @Test
    void passesOverBrokers() throws Exception {
        assertThat(details("apache/rocketmq:5.3.2", Map.of(10911, 10911), Map.of()))
                .isNull();
    }

    @Test
    void passesOverOtherImages() throws Exception {
        assertThat(details("apache/kafka:4", Map.of(9876, 32001), Map.of())).isNull();
    }

    private static @Nullable MQConnectionDetails details(
            String image, Map<Integer, Integer> mapped, Map<String, String> labels) throws Exception {
        Constructor<DockerComposeConnectionSource> constructor =
                DockerComposeConnectionSource.class.getDeclaredConstructor(RunningService.class, Environment.class);
        constructor.setAccessible(true);
        DockerComposeConnectionSource source = constructor.newInstance(
                new Service("rocketmq", ImageReference.of(image), mapped, labels), new StandardEnvironment());
        return (MQConnectionDetails) new ConnectionDetailsFactories(null)
                .getConnectionDetails(source, false)
                .get(MQConnectionDetails.class);
    }
}
