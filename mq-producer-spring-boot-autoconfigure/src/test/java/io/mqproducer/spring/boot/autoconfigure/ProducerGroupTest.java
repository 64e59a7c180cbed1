package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class ProducerGroupTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void isTheConfiguredOneAsItIs() {
        environment.setProperty("spring.application.name", "orders");

        assertThat(ProducerGroup.of("my group", environment))
                .isEqualTo(new ProducerGroup("my group", "mq.producer.group"));
    }

    @Test
    void isElseTheApplicationsNameInLegalCharacters() {
        environment.setProperty("spring.application.name", "Order Service/v1.2 (ä)%|_-");

        assertThat(ProducerGroup.of(null, environment))
                .isEqualTo(new ProducerGroup("Order_Service_v1_2____%|_-", "spring.application.name"));
    }

    @Test
    void hasALastResort() {
        assertThat(ProducerGroup.of("", environment)).isEqualTo(new ProducerGroup("mq-producer", null));
    }
}
