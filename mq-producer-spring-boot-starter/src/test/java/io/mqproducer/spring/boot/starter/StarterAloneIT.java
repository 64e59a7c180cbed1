package io.mqproducer.spring.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducer;
import io.mqproducer.spring.MQTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application without actuator, Micrometer and Jackson: every optional part has to back off. */
class StarterAloneIT {

    @Test
    void startsAnApplicationThatHasNothingElse() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run("--spring.application.name=alone", "--mq.producer.auto-startup=false")) {

            assertThat(context.getBean(MQTemplate.class).getProducer()).isSameAs(context.getBean(MQProducer.class));
            assertThat(context.getBeanDefinitionNames())
                    .filteredOn(name -> name.matches("mq[A-Z].*"))
                    .containsExactlyInAnyOrder(
                            "mqProducer",
                            "mqProducerFactory",
                            "mqProducerLifecycle",
                            "mqConfiguredProducers",
                            "mqNamedProducers",
                            "mqIoThreads",
                            "mqConnectionDetails",
                            "mqSslBundleLookup",
                            "mqTemplate",
                            "mqTemplateAssembly",
                            "mqTemplateObservation",
                            "mqMessageConverter");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
