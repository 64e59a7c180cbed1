package io.mqproducer.samples.boot3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.test.EmbeddedMQ;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.netty.util.Version;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.annotation.DirtiesContext;

@SpringBootTest(
        properties = {
            "spring.application.name=boot3 shop",
            "management.endpoint.health.show-details=always",
            "mq.producer.template.observation-enabled=true"
        })
@EmbeddedMQ
@AutoConfigureObservability(tracing = false)
@DirtiesContext
class Boot3ApplicationIT {

    @Autowired
    private Orders orders;

    @Autowired
    private MQTemplate mq;

    @Autowired
    private MQMessageConverter converter;

    @Autowired
    private HealthEndpoint health;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private EmbeddedRocketMQ rocketMQ;

    @Test
    void runsOnWhatBoot3Manages() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.version"));
        assertThat(Version.identify().get("netty-common").artifactVersion())
                .isEqualTo(System.getProperty("netty.version"));
    }

    @Test
    void sendsInAllThreeModesAndShowsHealthAndMeters() {
        SendResult placed = orders.place(new Order("o-1", 1));
        SendResult audited = orders.audit(new Order("o-2", 2)).join();
        orders.look(new Order("o-3", 3));

        assertThat(List.of(placed.status(), audited.status())).containsOnly(SendStatus.SEND_OK);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rocketMQ.messages("boot3-orders"))
                        .extracting(StoredMessage::tags, message -> new String(message.body(), UTF_8))
                        .containsExactlyInAnyOrder(
                                tuple("created", "{\"id\":\"o-1\",\"pieces\":1}"),
                                tuple("audited", "{\"id\":\"o-2\",\"pieces\":2}"),
                                tuple("looked-at", "{\"id\":\"o-3\",\"pieces\":3}")));
        assertThat(sends("sync", "acked")).isEqualTo(1);
        assertThat(sends("async", "acked")).isEqualTo(1);
        assertThat(sends("oneway", "handed_over")).isEqualTo(1);
        HealthComponent producer = health.healthForPath("mqProducer");
        assertThat(producer.getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void observesWhatTheTemplateSends() {
        mq.destination("boot3-observed").withHeader("tenant", "acme").send(new Order("o-4", 4));
        mq.sendBatch("boot3-observed", List.of(new Order("o-5", 5), new Order("o-6", 6)));

        assertThat(rocketMQ.messages("boot3-observed")).hasSize(3);
        assertThat(meters.get("mq.template.send")
                        .tags("mq.template.name", "boot3_shop", "messaging.destination.name", "boot3-observed")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void readsByJackson2() {
        Type orderList = new ParameterizedTypeReference<List<Order>>() {}.getType();

        assertThat(converter.fromBody("[{\"id\":\"o-7\",\"pieces\":7}]".getBytes(UTF_8), orderList))
                .isEqualTo(List.of(new Order("o-7", 7)));
    }

    private long sends(String mode, String outcome) {
        return meters.get("mq.producer.send")
                .tags("producer", "boot3_shop", "topic", "boot3-orders", "mode", mode, "outcome", outcome)
                .timer()
                .count();
    }
}
