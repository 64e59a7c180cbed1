package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mqproducer.IoThreads;
import io.mqproducer.MQProducer;
import io.mqproducer.ProducerStatus.State;
import io.mqproducer.config.Credentials;
import io.mqproducer.config.SslOptions;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spi.CredentialsProvider;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.metrics.MQProducerMetricsAutoConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class NamedProducersTest {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class, BootAutoConfigurations.JACKSON))
            .withBean(SeenBuilders.class)
            .withPropertyValues("mq.producer.auto-startup=false");

    // ---- beans

    @Test
    void haveBeansByTheseNames() {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a", "mq.producer.instances.payment.group=p")
                .run(context -> {
                    assertThat(context.getBeanNamesForType(MQProducer.class))
                            .containsExactlyInAnyOrder("mqProducer", "auditMqProducer", "paymentMqProducer");
                    assertThat(context.getBeanNamesForType(MQTemplate.class))
                            .containsExactlyInAnyOrder("mqTemplate", "auditMqTemplate", "paymentMqTemplate");
                    assertThat(context.getBeanNamesForType(MQProducerLifecycle.class))
                            .containsExactlyInAnyOrder(
                                    "mqProducerLifecycle", "auditMqProducerLifecycle", "paymentMqProducerLifecycle");
                    assertThat(context.getBean("auditMqTemplate", MQTemplate.class)
                                    .getProducer())
                            .isSameAs(context.getBean("auditMqProducer"));
                });
    }

    @Test
    void areInjectedByQualifierAndNeverInPlaceOfThePrimary() {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a")
                .withBean(Injected.class)
                .run(context -> {
                    Injected injected = context.getBean(Injected.class);
                    assertThat(injected.template).isSameAs(context.getBean("mqTemplate"));
                    assertThat(injected.producer).isSameAs(context.getBean("mqProducer"));
                    assertThat(injected.auditTemplate).isSameAs(context.getBean("auditMqTemplate"));
                    assertThat(injected.auditProducer).isSameAs(context.getBean("auditMqProducer"));
                    assertThat(injected.templates).containsExactly(injected.template);
                });
    }

    static class Injected {

        private final MQTemplate template;
        private final MQProducer producer;
        private final MQTemplate auditTemplate;
        private final MQProducer auditProducer;
        private final List<MQTemplate> templates;

        Injected(
                MQTemplate template,
                MQProducer producer,
                @Qualifier("audit") MQTemplate auditTemplate,
                @Qualifier("audit") MQProducer auditProducer,
                List<MQTemplate> templates) {
            this.template = template;
            this.producer = producer;
            this.auditTemplate = auditTemplate;
            this.auditProducer = auditProducer;
            this.templates = templates;
        }
    }

    @Test
    void stayWhenTheApplicationBringsAPrimaryOfItsOwn() {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a")
                .withBean("own", MQProducer.class, RecordingMQProducer::new)
                .run(context -> assertThat(context)
                        .hasBean("auditMqProducer")
                        .hasBean("auditMqTemplate")
                        .hasBean("mqTemplate")
                        .doesNotHaveBean("mqProducer"));
    }

    @Test
    void areNotThereWhenDisabled() {
        contextRunner
                .withPropertyValues("mq.producer.enabled=false", "mq.producer.instances.audit.group=a")
                .run(context -> assertThat(context).doesNotHaveBean(MQProducer.class));
    }

    @Test
    void failWithAClearErrorWhenABeanHasTheirName() {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a")
                .withBean("auditMqTemplate", String.class, () -> "x")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasMessageContaining(
                                "'mq.producer.instances.audit' makes a bean 'auditMqTemplate', but there is one"
                                        + " of that name"));
    }

    @Test
    void mayNotHaveThePrimarysName() {
        contextRunner
                .withPropertyValues("mq.producer.group=orders", "mq.producer.instances.orders.group=other")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("the name 'orders' is that of the primary producer already"));
    }

    // ---- settings

    @Test
    void inheritWhatTheyDoNotSay() {
        contextRunner
                .withPropertyValues(
                        "mq.producer.name-servers=a:1,b:2",
                        "mq.producer.group=orders",
                        "mq.producer.send-timeout=5s",
                        "mq.producer.retry.max-retries=7",
                        "mq.producer.retry.backoff=9ms",
                        "mq.producer.template.default-topic=t",
                        "mq.producer.shutdown-timeout=4s",
                        "mq.producer.instances.audit.name-servers=c:3",
                        "mq.producer.instances.audit.retry.max-retries=0")
                .withInitializer(context -> TestPropertyValues.of(Map.of(
                                "mq.producer.connection.broker-address-mapping[10.0.0.1:10911]", "x:1",
                                "mq.producer.instances.audit.connection.broker-address-mapping[10.0.0.2:10911]", "y:1"))
                        .applyTo(context))
                .run(context -> {
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    assertThat(seen.value("audit", "nameServers")).isEqualTo(List.of("c:3"));
                    assertThat(seen.value("audit", "group")).isEqualTo("orders");
                    assertThat(seen.value("audit", "name")).isEqualTo("audit");
                    assertThat(seen.value("audit", "sendTimeout")).isEqualTo(Duration.ofSeconds(5));
                    assertThat(seen.value("audit", "shutdownTimeout")).isEqualTo(Duration.ofSeconds(4));
                    assertThat(seen.value("audit", "retryMaxRetries")).isEqualTo(0);
                    assertThat(seen.value("audit", "retryBackoff")).isEqualTo(Duration.ofMillis(9));
                    assertThat(seen.value("audit", "connectionBrokerAddressMapping"))
                            .isEqualTo(Map.of("10.0.0.1:10911", "x:1", "10.0.0.2:10911", "y:1"));
                    assertThat(seen.value("orders", "nameServers")).isEqualTo(List.of("a:1", "b:2"));
                    assertThat(seen.value("orders", "retryMaxRetries")).isEqualTo(7);
                    assertThat(seen.value("orders", "connectionBrokerAddressMapping"))
                            .isEqualTo(Map.of("10.0.0.1:10911", "x:1"));
                    assertThat(context.getBean(MQProducerProperties.class)
                                    .getInstances()
                                    .get("audit")
                                    .getSendTimeout())
                            .isEqualTo(Duration.ofSeconds(5));
                });
    }

    @Test
    void inheritKeysAsAWholeOrNotAtAll() {
        contextRunner
                .withPropertyValues(
                        "mq.producer.acl.access-key=a",
                        "mq.producer.acl.secret-key=s",
                        "mq.producer.acl.security-token=t",
                        "mq.producer.instances.same.group=g",
                        "mq.producer.instances.other.acl.access-key=a2",
                        "mq.producer.instances.other.acl.secret-key=s2")
                .run(context -> {
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    assertThat(seen.value("same", "aclSecurityToken")).isEqualTo("t");
                    assertThat(seen.value("other", "aclAccessKey")).isEqualTo("a2");
                    assertThat(seen.value("other", "aclSecretKey")).isEqualTo("s2");
                    assertThat(seen.value("other", "aclSecurityToken")).isNull();
                });
    }

    @Test
    void inheritCertificatesAsAWholeOrNotAtAll() {
        contextRunner
                .withPropertyValues(
                        "mq.producer.ssl.enabled=false",
                        "mq.producer.ssl.trust-certificate=/ca.pem",
                        "mq.producer.ssl.key-password=k",
                        "mq.producer.instances.same.group=g",
                        "mq.producer.instances.other.ssl.key-store=/o.p12")
                .run(context -> {
                    Map<String, ?> instances = Map.copyOf(
                            context.getBean(MQProducerProperties.class).getInstances());
                    assertThat(instances).extractingByKey("same").hasFieldOrPropertyWithValue("ssl.keyPassword", "k");
                    assertThat(instances)
                            .extractingByKey("other")
                            .hasFieldOrPropertyWithValue("ssl.keyPassword", null)
                            .hasFieldOrPropertyWithValue("ssl.trustCertificate", null)
                            .hasFieldOrPropertyWithValue("ssl.enabled", false);
                });
    }

    @Test
    void mayHaveAnotherKindOfNamespace() {
        contextRunner
                .withPropertyValues("mq.producer.namespace=v1", "mq.producer.instances.audit.namespace-v2=v2")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    assertThat(seen.value("audit", "namespace")).isNull();
                    assertThat(seen.value("audit", "namespaceV2")).isEqualTo("v2");
                });
    }

    @Test
    void areSpelledInEveryWayThatPropertiesAre() {
        contextRunner
                .withPropertyValues(
                        "mq.producer.send-timeout=5s",
                        "mq.producer.instances.order-events.group=one",
                        "mq.producer.instances[audit.log].group=two",
                        "mq.producer.instances.CamelCase.group=three")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource(
                                        "systemEnvironment",
                                        Map.of(
                                                "MQ_PRODUCER_INSTANCES_VARIABLE_GROUP", "four",
                                                "MQ_PRODUCER_INSTANCES_ORDEREVENTS_RETRY_MAXRETRIES", "9",
                                                "MQ_PRODUCER_INSTANCES_CAMELCASE_RETRY_MAXRETRIES", "8"))))
                .run(context -> {
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    context.getBeanProvider(MQProducer.class).stream().toList();
                    assertThat(seen.names())
                            .containsExactlyInAnyOrder(
                                    "mq-producer", "order-events", "audit.log", "CamelCase", "variable");
                    assertThat(context.getBeanNamesForType(MQTemplate.class))
                            .containsExactlyInAnyOrder(
                                    "mqTemplate",
                                    "order-eventsMqTemplate",
                                    "audit.logMqTemplate",
                                    "CamelCaseMqTemplate",
                                    "variableMqTemplate");
                    for (String name : List.of("order-events", "audit.log", "CamelCase", "variable")) {
                        assertThat(seen.value(name, "sendTimeout")).as(name).isEqualTo(Duration.ofSeconds(5));
                    }
                    assertThat(seen.value("order-events", "group")).isEqualTo("one");
                    assertThat(seen.value("audit.log", "group")).isEqualTo("two");
                    assertThat(seen.value("CamelCase", "group")).isEqualTo("three");
                    assertThat(seen.value("variable", "group")).isEqualTo("four");
                    assertThat(seen.value("order-events", "retryMaxRetries")).isEqualTo(9);
                    assertThat(seen.value("CamelCase", "retryMaxRetries")).isEqualTo(8);
                });
    }

    @Test
    void nameTheirOwnPropertyWhenItBreaksARule() {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.retry.max-retries=-1")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasStackTraceContaining(
                                "invalid settings of MQ producer 'audit' (mq.producer.instances.audit):"
                                        + " retry.max-retries must be at least 0, got -1"));
    }

    @Test
    void leaveFailuresOfCustomizersAsTheyAre() {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a")
                .withBean(MQProducerBuilderCustomizer.class, () -> (name, builder) -> {
                    throw new IllegalStateException("on purpose");
                })
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasRootCauseInstanceOf(IllegalStateException.class)
                        .hasRootCauseMessage("on purpose")
                        .satisfies(failure -> assertThat(failure)
                                .extracting(Throwable::getCause)
                                .isNotInstanceOf(InvalidProducerSettingsException.class)));
    }

    // ---- what serves them

    @Test
    void areServedByAllHooksAndByThoseOfTheirOwn() {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a", "mq.producer.instances.other.group=o")
                .withUserConfiguration(Hooks.class)
                .run(context -> {
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    assertThat(seen.list("audit", "hooks"))
                            .isEqualTo(beans(context::getBean, "forAll", "ofAudit", "ofClass", "audit"));
                    assertThat(seen.list("other", "hooks")).isEqualTo(beans(context::getBean, "forAll", "audit"));
                    assertThat(seen.list("mq-producer", "hooks"))
                            .isEqualTo(beans(context::getBean, "forAll", "ofPrimary", "audit"));
                    assertThat(seen.list("audit", "transactionCheckers"))
                            .isEqualTo(beans(context::getBean, "auditChecker"));
                    assertThat(seen.list("other", "transactionCheckers")).isEmpty();
                });
    }

    private interface Beans {
        Object bean(String name);
    }

    private static List<Object> beans(Beans context, String... names) {
        return Stream.of(names).map(context::bean).toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class Hooks {

        @Bean
        @Order(1)
        SendMessageHook forAll() {
            return new SendMessageHook() {};
        }

        @Bean
        @Order(2)
        @Qualifier("audit")
        SendMessageHook ofAudit() {
            return new SendMessageHook() {};
        }

        @Bean
        @Order(3)
        @Qualifier("mqProducer")
        SendMessageHook ofPrimary() {
            return new SendMessageHook() {};
        }

        @Bean
        OfClass ofClass() {
            return new OfClass();
        }

        /** Has an instance's name, which is no qualifier. */
        @Bean
        @Order(5)
        SendMessageHook audit() {
            return new SendMessageHook() {};
        }

        @Bean(defaultCandidate = false)
        @Order(6)
        SendMessageHook nobodys() {
            return new SendMessageHook() {};
        }

        @Bean(defaultCandidate = false)
        @Qualifier("audit")
        TransactionChecker auditChecker() {
            return half -> null;
        }
    }

    @Order(4)
    @Qualifier("auditMqProducer")
    static class OfClass implements SendMessageHook {}

    @Test
    void tellOfAQualifierThatIsNobodys(CapturedOutput output) {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a")
                .withUserConfiguration(Adit.class, Hooks.class)
                .run(context -> assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
                        .singleElement()
                        .asString()
                        .endsWith("SendMessageHook bean 'adit' has @Qualifier(\"adit\") and so serves no MQ producer:"
                                + " there are [audit, auditMqProducer, mq-producer, mqProducer]"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Adit {

        @Bean
        @Qualifier("adit")
        SendMessageHook adit() {
            return new SendMessageHook() {};
        }

        @Bean
        @Qualifier("byHand")
        SendMessageHook ofOneMadeByHand() {
            return new SendMessageHook() {};
        }

        @Bean(defaultCandidate = false)
        MQProducer byHand(MQProducerFactory factory) {
            return factory.create("byHand");
        }
    }

    @Test
    void takeTheCredentialsThatAreClosestToThem() {
        contextRunner
                .withPropertyValues(
                        "mq.producer.instances.audit.group=a",
                        "mq.producer.instances.keys.acl.access-key=k",
                        "mq.producer.instances.keys.acl.secret-key=s",
                        "mq.producer.instances.other.group=o")
                .withUserConfiguration(Providers.class)
                .run(context -> {
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    assertThat(seen.value("mq-producer", "credentials")).isSameAs(context.getBean("forAll"));
                    assertThat(seen.value("other", "credentials")).isSameAs(context.getBean("forAll"));
                    assertThat(seen.value("audit", "credentials")).isSameAs(context.getBean("ofAudit"));
                    assertThat(seen.value("keys", "credentials")).isNull();
                    assertThat(seen.value("keys", "aclAccessKey")).isEqualTo("k");
                });
    }

    @Test
    void preferTheirOwnProviderToInheritedKeys() {
        contextRunner
                .withPropertyValues(
                        "mq.producer.acl.access-key=k",
                        "mq.producer.acl.secret-key=s",
                        "mq.producer.instances.audit.group=a")
                .withBean("ofAudit", OfAudit.class)
                .run(context -> {
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    assertThat(seen.value("audit", "credentials")).isSameAs(context.getBean("ofAudit"));
                    assertThat(seen.value("audit", "aclAccessKey")).isNull();
                    assertThat(seen.value("mq-producer", "credentials")).isNull();
                    assertThat(seen.value("mq-producer", "aclAccessKey")).isEqualTo("k");
                });
    }

    @Test
    void refuseTwoProvidersOfWhichNoneIsPrimary() {
        contextRunner
                .withBean("one", CredentialsProvider.class, () -> () -> Credentials.of("a", "s"))
                .withBean("two", CredentialsProvider.class, () -> () -> Credentials.of("a", "s"))
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("one,two"));
        contextRunner
                .withUserConfiguration(PrimaryProvider.class)
                .run(context -> assertThat(context.getBean(SeenBuilders.class).value("mq-producer", "credentials"))
                        .isSameAs(context.getBean("first")));
    }

    @Configuration(proxyBeanMethods = false)
    static class Providers {

        @Bean
        CredentialsProvider forAll() {
            return () -> Credentials.of("all", "s");
        }

        @Bean
        @Qualifier("audit")
        CredentialsProvider ofAudit() {
            return () -> Credentials.of("audit", "s");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryProvider {

        @Bean
        @Primary
        CredentialsProvider first() {
            return () -> Credentials.of("a", "s");
        }

        @Bean
        CredentialsProvider second() {
            return () -> Credentials.of("b", "s");
        }
    }

    @Qualifier("audit")
    static class OfAudit implements CredentialsProvider {

        @Override
        public Credentials credentials() {
            return Credentials.of("audit", "s");
        }
    }

    // ---- threads and life

    @Test
    void shareThreadsWithEachOther() {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a", "mq.producer.instances.other.group=o")
                .run(context -> {
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    assertThat(seen.value("audit", "ioThreads"))
                            .isNotNull()
                            .isSameAs(seen.value("other", "ioThreads"))
                            .isSameAs(seen.value("mq-producer", "ioThreads"));
                });
    }

    @Test
    void leaveAProducerThatIsAloneItsOwnThreads() {
        contextRunner.run(context -> {
            assertThat(context.getBean(SeenBuilders.class).value("mq-producer", "ioThreads"))
                    .isNull();
            assertThat(context.getSourceApplicationContext().getBeanFactory().containsSingleton("mqIoThreads"))
                    .isFalse();
        });
    }

    @Test
    void startAndStopWithTheContext() {
        ApplicationContextRunner started = contextRunner.withPropertyValues(
                "mq.producer.auto-startup=true",
                "mq.producer.instances.audit.group=a",
                "mq.producer.instances.late.auto-startup=false");
        started.run(context -> {
            MQProducer audit = context.getBean("auditMqProducer", MQProducer.class);
            MQProducer primary = context.getBean("mqProducer", MQProducer.class);
            assertThat(audit.status().state()).isEqualTo(State.RUNNING);
            assertThat(context.getBean("lateMqProducer", MQProducer.class)
                            .status()
                            .state())
                    .isEqualTo(State.NEW);

            ContextPause.begin(context.getSourceApplicationContext());
            assertThat(audit.status().state()).isEqualTo(State.STOPPED);
            ContextPause.end(context.getSourceApplicationContext());
            assertThat(audit.status().state()).isEqualTo(State.RUNNING);
            assertThat(primary.status().state()).isEqualTo(State.RUNNING);

            context.close();

            assertThat(audit.status().state()).isEqualTo(State.CLOSED);
            assertThat(primary.status().state()).isEqualTo(State.CLOSED);
            assertThat(context.getBeanFactory().getBeanNamesForType(MQProducer.class))
                    .isNotEmpty();
        });
    }

    @Test
    void leaveNothingToComplainAboutWhenTheContextEnds(CapturedOutput output) {
        contextRunner
                .withPropertyValues("mq.producer.auto-startup=true", "mq.producer.instances.audit.group=a")
                .run(context -> context.getBean(MQProducerFactory.class)
                        .create("forgotten")
                        .start());

        assertThat(output).doesNotContain("Destroy method").doesNotContain("Destruction of bean");
    }

    @Test
    void letAPrimaryBeThatNobodyConfigured() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class))
                .withPropertyValues("mq.producer.instances.audit.name-servers=localhost:1")
                .run(context -> {
                    assertThat(context.getBean("mqProducer", MQProducer.class)
                                    .status()
                                    .state())
                            .isEqualTo(State.NEW);
                    assertThat(context.getBean("auditMqProducer", MQProducer.class)
                                    .status()
                                    .state())
                            .isEqualTo(State.RUNNING);
                });
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class))
                .withPropertyValues(
                        "mq.producer.name-servers=localhost:1", "mq.producer.instances.audit.name-servers=localhost:1")
                .run(context -> assertThat(context.getBean("mqProducer", MQProducer.class)
                                .status()
                                .state())
                        .isEqualTo(State.RUNNING));
    }

    // ---- meters

    @Test
    void haveMetersOfTheirOwnThatGoWithTheContext() {
        MeterRegistry registry = new SimpleMeterRegistry();
        contextRunner
                .withConfiguration(AutoConfigurations.of(MQProducerMetricsAutoConfiguration.class))
                .withBean(MeterRegistry.class, () -> registry)
                .withPropertyValues("mq.producer.group=orders", "mq.producer.instances.audit.group=orders")
                .run(context -> {
                    context.getBean("auditMqProducer", MQProducer.class).start();
                    assertThat(registry.find("mq.producer.callback.errors").counters())
                            .extracting(counter -> counter.getId().getTag("producer"))
                            .containsExactlyInAnyOrder("orders", "audit");
                });

        assertThat(registry.getMeters()).isEmpty();
    }

    // ---- by hand

    @Test
    void canBeMadeByHand() {
        contextRunner
                .withPropertyValues(
                        "mq.producer.send-timeout=5s",
                        "mq.producer.group=orders",
                        "mq.producer.instances.audit.send-timeout=6s")
                .withUserConfiguration(Hooks.class)
                .run(context -> {
                    MQProducerFactory factory = context.getBean("mqProducerFactory", MQProducerFactory.class);
                    SeenBuilders seen = context.getBean(SeenBuilders.class);

                    MQProducer legacy = factory.create("legacy", builder -> builder.nameServers("old:9876"));
                    MQProducer audit = factory.create("audit");

                    assertThat(legacy.status().state()).isEqualTo(State.NEW);
                    assertThat(seen.value("legacy", "nameServers")).isEqualTo(List.of("old:9876"));
                    assertThat(seen.value("legacy", "sendTimeout")).isEqualTo(Duration.ofSeconds(5));
                    assertThat(seen.value("legacy", "group")).isEqualTo("orders");
                    assertThat(seen.list("legacy", "hooks")).isEqualTo(beans(context::getBean, "forAll", "audit"));
                    assertThat(seen.value("audit", "sendTimeout")).isEqualTo(Duration.ofSeconds(6));
                    assertThat(audit).isNotSameAs(context.getBean("auditMqProducer"));
                });
    }

    @Test
    void comeFromTheApplicationsOwnFactoryIfThereIsOne() {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a")
                .withBean(MQProducerFactory.class, () -> (name, customizer) -> new RecordingMQProducer())
                .run(context -> {
                    assertThat(context).doesNotHaveBean("mqProducerFactory");
                    assertThat(context.getBean("auditMqProducer")).isInstanceOf(RecordingMQProducer.class);
                    assertThat(context.getBean("mqProducer")).isInstanceOf(RecordingMQProducer.class);
                });
    }

    // ---- connection details

    @Test
    void followTheConnectionDetailsUnlessTheyHaveServersOfTheirOwn() {
        MQConnectionDetails details = new MQConnectionDetails() {
            @Override
            public List<String> getNameServers() {
                return List.of("told:1", "told:2");
            }

            @Override
            public Credentials getCredentials() {
                return Credentials.of("told", "secret").withSecurityToken("token");
            }
        };
        contextRunner
                .withPropertyValues(
                        "mq.producer.name-servers=a:1",
                        "mq.producer.acl.access-key=k",
                        "mq.producer.acl.secret-key=s",
                        "mq.producer.instances.same.group=g",
                        "mq.producer.instances.keys.acl.access-key=k2",
                        "mq.producer.instances.keys.acl.secret-key=s2",
                        "mq.producer.instances.other.name-servers=b:2")
                .withBean(MQConnectionDetails.class, () -> details)
                .run(context -> {
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    for (String name : List.of("mq-producer", "same")) {
                        assertThat(seen.value(name, "nameServers")).isEqualTo(List.of("told:1", "told:2"));
                        assertThat(seen.value(name, "aclAccessKey")).isEqualTo("told");
                        assertThat(seen.value(name, "aclSecurityToken")).isEqualTo("token");
                    }
                    assertThat(seen.value("keys", "nameServers")).isEqualTo(List.of("told:1", "told:2"));
                    assertThat(seen.value("keys", "aclAccessKey")).isEqualTo("k2");
                    assertThat(seen.value("other", "nameServers")).isEqualTo(List.of("b:2"));
                    assertThat(seen.value("other", "aclAccessKey")).isEqualTo("k");
                    assertThat(seen.value("other", "ssl")).isNull();
                });
    }

    @Test
    void followTheirPropertiesWhereTheDetailsSayNothing() {
        contextRunner
                .withPropertyValues("mq.producer.name-servers=a:1", "mq.producer.instances.same.group=g")
                .withBean(MQConnectionDetails.class, () -> () -> null)
                .run(context -> {
                    assertThat(context).doesNotHaveBean(PropertiesMQConnectionDetails.class);
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    assertThat(seen.value("mq-producer", "nameServers")).isEqualTo(List.of("a:1"));
                    assertThat(seen.value("same", "nameServers")).isEqualTo(List.of("a:1"));
                });
    }

    @Test
    void followTheBundleOfTheDetailsInPlaceOfFiles() {
        SslBundle bundle = SslBundle.systemDefault();
        MQConnectionDetails details = new MQConnectionDetails() {
            @Override
            public List<String> getNameServers() {
                return List.of("told:1");
            }

            @Override
            public SslBundle getSslBundle() {
                return bundle;
            }
        };
        contextRunner
                .withPropertyValues(
                        "mq.producer.ssl.enabled=true",
                        "mq.producer.ssl.trust-certificate=/none.pem",
                        "mq.producer.ssl.expected-name=broker",
                        "mq.producer.instances.other.name-servers=b:2",
                        "mq.producer.instances.other.ssl.enabled=false")
                .withBean(MQConnectionDetails.class, () -> details)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    SeenBuilders seen = context.getBean(SeenBuilders.class);
                    SslOptions options = (SslOptions) seen.value("mq-producer", "ssl");
                    assertThat(options.trustManagerFactory().orElseThrow().get())
                            .isNotNull();
                    assertThat(options.trustCertificate()).isEmpty();
                    assertThat(options.expectedName()).contains("broker");
                    assertThat(seen.value("other", "ssl")).isNull();
                });
    }

    @Test
    void areDescribedByTheirPropertiesWithoutDetails() {
        contextRunner
                .withPropertyValues(
                        "mq.producer.name-servers=a:1",
                        "mq.producer.acl.access-key=CANARY",
                        "mq.producer.acl.secret-key=CANARY")
                .run(context -> {
                    MQConnectionDetails details = context.getBean("mqConnectionDetails", MQConnectionDetails.class);
                    assertThat(details.getNameServers()).containsExactly("a:1");
                    assertThat(details.getCredentials()).isEqualTo(Credentials.of("CANARY", "CANARY"));
                    assertThat(details.getSslBundle()).isNull();
                    assertThat(details.toString()).doesNotContain("CANARY");
                });
    }

    @Test
    void runOnTheApplicationsThreadsIfItGivesSome() {
        IoThreads own = IoThreads.create(1);
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a")
                .withBean("own", IoThreads.class, () -> own)
                .run(context -> assertThat(context.getBean(SeenBuilders.class).value("audit", "ioThreads"))
                        .isSameAs(own));
    }
}
