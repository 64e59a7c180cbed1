package io.mqproducer.spring.boot.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.RocketMQVersion;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.TestPropertySource;

@SpringBootTest(classes = EmbeddedMQIT.Application.class, properties = "mq.producer.name-servers=nobody.invalid:9876")
@EmbeddedMQ(topics = "embedded-orders", queues = 2)
class EmbeddedMQIT {

    /** Nothing but what its class path brings. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private final MQTemplate template;
    private final EmbeddedRocketMQ rocketMQ;

    EmbeddedMQIT(@Autowired MQTemplate template, @Autowired EmbeddedRocketMQ rocketMQ) {
        this.template = template;
        this.rocketMQ = rocketMQ;
    }

    @Test
    void isFoundByTheApplicationWhateverItsProperties() {
        SendResult result = template.send("embedded-orders:created", "tea");

        assertThat(rocketMQ.messages("embedded-orders"))
                .filteredOn(stored -> stored.msgId().equals(result.msgId()))
                .singleElement()
                .satisfies(stored -> assertThat(stored.tags()).isEqualTo("created"));
    }

    @Test
    void hasTheTopicsThatAreAskedFor() {
        assertThat(template.getProducer().publishQueues("embedded-orders")).hasSize(2);
    }

    @Test
    void isOneForAllThatAskForTheSame() {
        assertThat(SharedClusters.get(RocketMQVersion.V5_5_0, 1)).isSameAs(rocketMQ);
    }

    /** A context of its own. */
    @Nested
    @TestPropertySource(properties = "mq.producer.group=nested")
    class InANestedClass {

        @Test
        void isTheSame() {
            assertThat(template.getProducer().status().settings()).containsEntry("group", "nested");
            assertThat(SharedClusters.get(RocketMQVersion.V5_5_0, 1)).isSameAs(rocketMQ);
            assertThat(template.send("embedded-nested", "x").msgId()).isNotEmpty();
        }
    }
}
