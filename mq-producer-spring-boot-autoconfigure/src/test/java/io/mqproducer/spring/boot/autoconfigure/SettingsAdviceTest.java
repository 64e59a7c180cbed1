package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SettingsAdviceTest {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class))
            .withPropertyValues("mq.producer.auto-startup=false");

    @Test
    void saysWhatToWriteInPlaceOfRocketMqSpringsNameServer(CapturedOutput output) {
        contextRunner
                .withPropertyValues("rocketmq.name-server=ns1:9876;ns2:9876")
                .run(context -> assertThat(output)
                        .contains("rocketmq.name-server is set, but mq.producer.name-servers is not, so the MQ producer"
                                + " uses localhost:9876; write mq.producer.name-servers=ns1:9876;ns2:9876"));
    }

    @Test
    void keepsQuietWhenBothAreSet(CapturedOutput output) {
        contextRunner
                .withPropertyValues("rocketmq.name-server=ns1:9876", "mq.producer.name-servers[0]=ns1:9876")
                .run(context -> assertThat(output).doesNotContain("rocketmq.name-server"));
    }

    @Test
    void warnsOfAShutdownThatSpringWouldCutShort(CapturedOutput output) {
        contextRunner
                .withPropertyValues(
                        "mq.producer.shutdown-timeout=10s", "spring.lifecycle.timeout-per-shutdown-phase=10s")
                .run(context -> assertThat(output)
                        .contains("mq.producer.shutdown-timeout (PT10S) should be below"
                                + " spring.lifecycle.timeout-per-shutdown-phase (PT10S)"));
    }

    @Test
    void keepsQuietByDefault(CapturedOutput output) {
        contextRunner.run(context -> assertThat(output).doesNotContain("WARN"));
    }
}
