package io.mqproducer.spring.boot.autoconfigure.testcontainers;

import io.mqproducer.spring.boot.autoconfigure.MQConnectionDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.Container;

/**
 * Makes connection details of a {@code @ServiceConnection} container with the image {@code apache/rocketmq}, or of that
 * connection name, in which the name server listens on its usual port.
 */
final class MQContainerConnectionDetailsFactory
        extends ContainerConnectionDetailsFactory<Container<?>, MQConnectionDetails> {

    private static final String IMAGE = "apache/rocketmq";
    private static final int NAME_SERVER_PORT = 9876;

    MQContainerConnectionDetailsFactory() {
        super(IMAGE);
    }

    @Override
    protected MQConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
        return new Details(source);
    }

    private static final class Details extends ContainerConnectionDetails<Container<?>> implements MQConnectionDetails {

        Details(ContainerConnectionSource<Container<?>> source) {
            super(source);
        }

        /** Asked when the container runs. */
        @Override
        public List<String> getNameServers() {
            Container<?> container = getContainer();
            return List.of(container.getHost() + ":" + container.getMappedPort(NAME_SERVER_PORT));
        }

        @Override
        public @Nullable SslBundle getSslBundle() {
            return super.getSslBundle();
        }
    }
}
