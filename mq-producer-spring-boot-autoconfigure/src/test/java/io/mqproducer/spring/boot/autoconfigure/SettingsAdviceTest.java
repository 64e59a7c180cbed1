package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
                                + " uses localhost:9876; write\n\n    mq.producer.name-servers=ns1:9876;ns2:9876\n"));
    }

    @Test
    void writesDownWhatTheOtherSettingsAreCalledNow(CapturedOutput output) {
        contextRunner
                .withPropertyValues(
                        "rocketmq.name-server=ns1:9876",
                        "rocketmq.producer.group=orders",
                        "rocketmq.producer.sendMessageTimeout=2500",
                        "rocketmq.producer.retry-times-when-send-failed=1",
                        "rocketmq.producer.retry-times-when-send-async-failed=4",
                        "rocketmq.producer.max-message-size=1000000",
                        "rocketmq.producer.access-key=CANARY",
                        "rocketmq.producer.secret-key=CANARY",
                        "mq.producer.trace.enabled=true",
                        "rocketmq.producer.enable-msg-trace=true")
                .run(context -> assertThat(output)
                        .contains("""
                                    mq.producer.name-servers=ns1:9876
                                    mq.producer.group=orders
                                    mq.producer.send-timeout=2500ms
                                    mq.producer.max-message-size=1000000B
                                    mq.producer.retry.max-retries=1
                                    mq.producer.acl.access-key=${rocketmq.producer.access-key}
                                    mq.producer.acl.secret-key=${rocketmq.producer.secret-key}

                                """)
                        .doesNotContain("CANARY")
                        .doesNotContain("trace.enabled"));
    }

    @Test
    void keepsQuietWhenABeanTellsTheServers(CapturedOutput output) {
        contextRunner
                .withPropertyValues("rocketmq.name-server=ns1:9876")
                .withBean(MQConnectionDetails.class, () -> () -> List.of("ns1:9876"))
                .run(context -> assertThat(output).doesNotContain("rocketmq.name-server"));
    }

    @Test
    void warnsOfAnInstancesShutdownToo(CapturedOutput output) {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.shutdown-timeout=40s")
                .run(context -> assertThat(output)
                        .contains("mq.producer.instances.audit.shutdown-timeout (PT40S) should be below"));
    }

    @Test
    void tellsOfAPrimaryProducerThatNobodyConfigured(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class))
                .withPropertyValues("mq.producer.instances.audit.name-servers=localhost:1")
                .run(context -> assertThat(output)
                        .contains(
                                "mq.producer.name-servers is not set and there are instances, so the primary MQ producer"
                                        + " waits for its first send to start"));
    }

    @Test
    void warnsOfUnknownSettingsOnce(CapturedOutput output) {
        contextRunner
                .withPropertyValues("mq.producer.nmae-servers=a:1", "mq.producer.instances.audit.group=a")
                .run(context -> assertThat(output.toString().lines().filter(line -> line.contains("nmae-servers")))
                        .hasSize(1)
                        .allMatch(line -> line.endsWith("did you mean mq.producer.name-servers?")));
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
