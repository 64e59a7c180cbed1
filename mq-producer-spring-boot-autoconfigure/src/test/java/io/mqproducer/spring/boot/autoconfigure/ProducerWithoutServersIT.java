package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mqproducer.MQProducer;
import io.mqproducer.ProducerStatus.State;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.spring.MQTemplate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** Name servers that take connections and never answer. */
@ExtendWith(OutputCaptureExtension.class)
class ProducerWithoutServersIT {

    private ServerSocket silent;
    private String nameServers;

    @BeforeEach
    void listen() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        nameServers = "mq.producer.name-servers=127.0.0.1:" + silent.getLocalPort();
    }

    @AfterEach
    void close() throws IOException {
        silent.close();
    }

    @Test
    void startsAtOnceAndSaysWhatIsWrong(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class))
                .withPropertyValues(nameServers, "mq.producer.send-timeout=300ms")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(MQProducer.class).status().state())
                            .isEqualTo(State.RUNNING);
                    assertThatThrownBy(() -> context.getBean(MQTemplate.class).send("orders", "x"))
                            .isInstanceOf(MessageNotStoredException.class);
                    await().atMost(Duration.ofSeconds(20))
                            .untilAsserted(() -> assertThat(output)
                                    .contains("WARN")
                                    .contains("producer 'mq-producer': no name server answered")
                                    .contains("mq.producer.name-servers")
                                    .contains("127.0.0.1:" + silent.getLocalPort()));
                });
    }

    @Test
    void refusesToStartWhenToldToFailFast(CapturedOutput output) {
        SpringApplicationBuilder application =
                new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);

        assertThatThrownBy(() -> application.run(
                        "--" + nameServers, "--mq.producer.fail-fast=true", "--mq.producer.send-timeout=300ms"))
                .isNotNull();

        assertThat(output)
                .contains("The MQ producer did not start, because 'mq.producer.fail-fast' is set")
                .contains("127.0.0.1:" + silent.getLocalPort())
                .contains("Start a name server at one of these addresses");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(MQProducerAutoConfiguration.class)
    static class Application {}
}
