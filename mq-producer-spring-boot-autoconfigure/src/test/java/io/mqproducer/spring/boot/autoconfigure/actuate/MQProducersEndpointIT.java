package io.mqproducer.spring.boot.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.Actuator;
import io.mqproducer.test.junit.RocketMQExtension;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Asks the endpoint as anybody would: by HTTP, of a running application, with a real RocketMQ behind it. */
class MQProducersEndpointIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    /** Nothing but what its class path brings. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void showsEachProducerAsItIs() throws Exception {
        try (ConfigurableApplicationContext application = start("mqproducers")) {
            application.getBean(MQTemplate.class).send("endpoint-shown", "x");

            HttpResponse<String> answer = Actuator.get(application, "mqproducers");

            assertThat(answer.statusCode()).isEqualTo(200);
            Map<String, Object> producer = JsonPath.read(answer.body(), "$.producers.mqProducer");
            assertThat(producer)
                    .containsOnlyKeys(
                            "state", "inFlight", "nameServers", "routes", "brokers", "lastFailures", "settings")
                    .containsEntry("state", "RUNNING")
                    .containsEntry("inFlight", Map.of("messages", 0, "bytes", 0))
                    .containsEntry("lastFailures", List.of());
            assertThat(JsonPath.<List<String>>read(producer, "$.nameServers[*].address"))
                    .containsExactly(ROCKETMQ.nameServerAddresses());
            assertThat(JsonPath.<Integer>read(producer, "$.nameServers[0].lastAnswerAgoMs"))
                    .isBetween(0, 60_000);
            assertThat(JsonPath.<List<String>>read(producer, "$.routes[*].topic"))
                    .containsExactly("endpoint-shown");
            assertThat(JsonPath.<List<List<String>>>read(producer, "$.routes[*].brokers"))
                    .containsExactly(List.of("broker-a"));
            assertThat(JsonPath.<String>read(producer, "$.brokers[0].name")).isEqualTo("broker-a");
            assertThat(JsonPath.<Boolean>read(producer, "$.brokers[0].connected"))
                    .isTrue();
            assertThat(JsonPath.<Double>read(producer, "$.brokers[0].latencyMs"))
                    .isBetween(0.001, 3_000.0);
            assertThat(JsonPath.<Integer>read(producer, "$.brokers[0].isolatedForMs"))
                    .isZero();
            assertThat(JsonPath.<Map<String, String>>read(producer, "$.settings"))
                    .containsEntry("name-servers", ROCKETMQ.nameServerAddresses())
                    .containsEntry("group", "shop")
                    .containsEntry("send-timeout", "4s")
                    .containsEntry("acl", "******");
            assertThat(answer.body()).doesNotContain("canary");
        }
    }

    @Test
    void showsOneOfThemByTheNameOfItsBean() throws Exception {
        try (ConfigurableApplicationContext application = start("mqproducers")) {
            HttpResponse<String> answer = Actuator.get(application, "mqproducers/mqProducer");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(JsonPath.<String>read(answer.body(), "$.state")).isEqualTo("RUNNING");
            assertThat(Actuator.get(application, "mqproducers/nobody").statusCode())
                    .isEqualTo(404);
            assertThat(Actuator.get(application, "mqproducers/mqTemplate").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void showsWhyThingsFailed() throws Exception {
        try (ConfigurableApplicationContext application =
                start("mqproducers", "mq.producer.auto-create-topics=false")) {
            application
                    .getBean(MQTemplate.class)
                    .sendAsync("endpoint-unknown", "x")
                    .handle((sent, failure) -> failure)
                    .get();

            String producer =
                    Actuator.get(application, "mqproducers/mqProducer").body();

            assertThat(JsonPath.<String>read(producer, "$.lastFailures[0].topic"))
                    .isEqualTo("endpoint-unknown");
            assertThat(JsonPath.<String>read(producer, "$.lastFailures[0].text"))
                    .startsWith("NO_ROUTE")
                    .contains("endpoint-unknown");
        }
    }

    @Test
    void isHiddenUnlessItIsExposed() throws Exception {
        try (ConfigurableApplicationContext application = start("health")) {
            assertThat(Actuator.get(application, "mqproducers").statusCode()).isEqualTo(404);
            assertThat(application.getBeansOfType(MQProducersEndpoint.class)).isEmpty();
        }
    }

    private static ConfigurableApplicationContext start(String exposed, String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.application.name=shop",
                        "management.endpoints.web.exposure.include=" + exposed,
                        "mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses(),
                        "mq.producer.send-timeout=4s",
                        "mq.producer.acl.access-key=canary-access",
                        "mq.producer.acl.secret-key=canary-secret")
                .properties(properties)
                .run();
    }
}
