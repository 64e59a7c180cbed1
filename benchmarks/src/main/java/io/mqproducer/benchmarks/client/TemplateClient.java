package io.mqproducer.benchmarks.client;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mqproducer.MQProducer;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.boot.autoconfigure.metrics.MQProducerMetricsAutoConfiguration;
import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application of Spring's gets: a producer made of properties, and its {@link MQTemplate}. */
final class TemplateClient implements BenchmarkClient {

    private final ConfigurableApplicationContext context;
    private final MQTemplate template;

    TemplateClient(ClientSettings settings, boolean metered) {
        context = context(settings, metered);
        template = context.getBean(MQTemplate.class);
    }

    /** An application with one producer. */
    static ConfigurableApplicationContext context(ClientSettings settings, boolean metered) {
        Map<String, Object> properties = Map.of(
                "mq.producer.name-servers",
                settings.server(),
                "mq.producer.group",
                settings.group(),
                "mq.producer.send-timeout",
                ProducerClient.TIMEOUT,
                "mq.producer.retry.max-retries",
                0);
        return new SpringApplicationBuilder(metered ? Metered.class : Plain.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(properties)
                .run();
    }

    @Override
    public void start() {
        context.getBean(MQProducer.class).start();
    }

    @Override
    public void send(String topic, byte[] body) {
        ProducerClient.check(template.send(topic, body));
    }

    @Override
    public void sendAsync(String topic, byte[] body, Completion completion) {
        template.sendAsync(topic, body).whenComplete((result, failure) -> {
            if (failure == null) {
                completion.succeeded();
            } else {
                completion.failed(failure);
            }
        });
    }

    @Override
    public void sendBatch(String topic, byte[][] bodies) {
        for (BatchSendResult.Element element :
                template.sendBatch(topic, Arrays.asList(bodies)).elements()) {
            ProducerClient.check(element.result().orElseThrow());
        }
    }

    @Override
    public void sendOneway(String topic, byte[] body) {
        template.sendOneway(topic, body);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(MQProducerAutoConfiguration.class)
    static class Plain {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({MQProducerMetricsAutoConfiguration.class, MQProducerAutoConfiguration.class})
    static class Metered {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
