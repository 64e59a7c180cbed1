package io.mqproducer.spring.boot.autoconfigure.docker;

import io.mqproducer.spring.boot.autoconfigure.MQConnectionDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;

/**
 * Makes connection details of a service with the image {@code apache/rocketmq}, or one that a label gives that connection
 * name, which maps the name server's port. Brokers have the same image and another port, so they are passed over.
 */
final class MQDockerComposeConnectionDetailsFactory extends DockerComposeConnectionDetailsFactory<MQConnectionDetails> {

    private static final String IMAGE = "apache/rocketmq";
    private static final int NAME_SERVER_PORT = 9876;

    MQDockerComposeConnectionDetailsFactory() {
        super(IMAGE);
    }

    @Override
    protected @Nullable MQConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
        RunningService service = source.getRunningService();
        Integer port = hostPort(service);
        return port == null ? null : new Details(service, service.host() + ":" + port);
    }

    private static @Nullable Integer hostPort(RunningService service) {
        try {
            return service.ports().get(NAME_SERVER_PORT);
        } catch (IllegalStateException notMapped) {
            return null;
        }
    }

    private static final class Details extends DockerComposeConnectionDetails implements MQConnectionDetails {

        private final String nameServer;
        private final @Nullable SslBundle sslBundle;

        Details(RunningService service, String nameServer) {
            super(service);
            this.nameServer = nameServer;
            this.sslBundle = getSslBundle(service);
        }

        @Override
        public List<String> getNameServers() {
            return List.of(nameServer);
        }

        @Override
        public @Nullable SslBundle getSslBundle() {
            return sslBundle;
        }
    }
}
