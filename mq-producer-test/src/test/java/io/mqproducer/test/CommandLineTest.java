package io.mqproducer.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandLineTest {

    @Test
    void makesOptionsAndBrokerPropertiesOfArguments() {
        String[] args = {
            "--version=4.9.7",
            "--brokers=2",
            "--name-servers=3",
            "--queues=8",
            "--tls=permissive",
            "--maxMessageSize=1024"
        };

        ClusterSettings settings = CommandLine.parse(args).settings();

        assertThat(settings.version()).isEqualTo(RocketMQVersion.V4_9_7);
        assertThat(settings.brokers()).isEqualTo(2);
        assertThat(settings.nameServers()).isEqualTo(3);
        assertThat(settings.tls()).isEqualTo(TlsMode.PERMISSIVE);
        assertThat(settings.brokerProperties())
                .containsEntry("defaultTopicQueueNums", "8")
                .containsEntry("maxMessageSize", "1024");
    }

    @Test
    void refusesWhatHasNoValue() {
        assertThatThrownBy(() -> CommandLine.parse(new String[] {"--brokers"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--brokers");
    }
}
