package io.mqproducer.samples.boot3;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducer;
import io.mqproducer.message.SendStatus;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.test.EmbeddedMQ;
import io.mqproducer.test.EmbeddedRocketMQ;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;

/** Named producers, qualified hooks and connection details with the types that Boot 3.5 and Spring 6.2 have. */
@SpringBootTest(
        properties = {
            "mq.producer.group=boot3",
            "mq.producer.instances.audit.send-timeout=5s",
            "management.endpoint.health.show-details=always"
        })
@EmbeddedMQ
@DirtiesContext
class Boot3NamedProducersIT {

    @Autowired
    private MQTemplate primary;

    @Autowired
    @Qualifier("audit")
    private MQTemplate audit;

    @Autowired
    private List<MQProducer> producers;

    @Autowired
    private HealthEndpoint health;

    @Autowired
    private Outcomes outcomes;

    @Autowired
    private EmbeddedRocketMQ rocketMQ;

    @Test
    void sendAndAreSeenAlone() {
        assertThat(audit.send("boot3-named", "audit").status()).isEqualTo(SendStatus.SEND_OK);
        assertThat(primary.send("boot3-named", "primary").status()).isEqualTo(SendStatus.SEND_OK);

        assertThat(rocketMQ.messages("boot3-named")).hasSize(2);
        assertThat(producers).containsExactly(primary.getProducer());
        assertThat(outcomes.producers).containsExactly("audit");
        CompositeHealth composite = (CompositeHealth) health.healthForPath("mqProducer");
        assertThat(composite.getComponents()).containsOnlyKeys("mqProducer", "auditMqProducer");
    }

    static final class Outcomes implements SendMessageHook {

        private final List<String> producers = new CopyOnWriteArrayList<>();

        @Override
        public void afterSend(SendMessageContext context, SendOutcome outcome) {
            producers.add(context.producer());
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        @Qualifier("audit")
        Outcomes outcomes() {
            return new Outcomes();
        }
    }
}
