package io.mqproducer.spring.boot.autoconfigure.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.mqproducer.MQProducer;
import io.mqproducer.spring.boot.autoconfigure.MQConnectionDetails;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.context.ImportTestcontainers;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** With containers that pretend to run: there is no Docker where this is built. */
class MQContainerConnectionDetailsFactoryTest {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(MQProducerAutoConfiguration.class, ServiceConnectionAutoConfiguration.class))
            .withPropertyValues("mq.producer.auto-startup=false");

    @Test
    void winsOverTheProperties() {
        contextRunner
                .withUserConfiguration(RocketMQ.class)
                .withPropertyValues("mq.producer.name-servers=elsewhere:1")
                .run(context -> {
                    assertThat(context).hasSingleBean(MQConnectionDetails.class).hasSingleBean(MQProducer.class);
                    assertThat(context.getBean(MQConnectionDetails.class).getNameServers())
                            .containsExactly("docker.example:42876");
                    assertThat(context.getBean(MQConnectionDetails.class).getSslBundle())
                            .isNull();
                });
    }

    @Test
    void takesContainersThatAreNamedAfterIt() {
        contextRunner
                .withUserConfiguration(NamedAfterIt.class)
                .run(context -> assertThat(context)
                        .getBean(MQConnectionDetails.class)
                        .extracting(MQConnectionDetails::getNameServers)
                        .asInstanceOf(LIST)
                        .containsExactly("docker.example:42876"));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportTestcontainers(Containers.class)
    static class RocketMQ {}

    interface Containers {

        @ServiceConnection
        PretendedContainer ROCKETMQ = new PretendedContainer("apache/rocketmq:5.3.2");
    }

    @Configuration(proxyBeanMethods = false)
    static class NamedAfterIt {

        @Bean
        @ServiceConnection("apache/rocketmq")
        PretendedContainer own() {
            return new PretendedContainer("registry.example/own:1");
        }
    }

    static final class PretendedContainer extends GenericContainer<PretendedContainer> {

        private final String image;

        PretendedContainer(String image) {
            super(DockerImageName.parse(image));
            this.image = image;
        }

        @Override
        public String getDockerImageName() {
            return image;
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public String getHost() {
            return "docker.example";
        }

        @Override
        public Integer getMappedPort(int port) {
            return 33000 + port;
        }
    }
}
