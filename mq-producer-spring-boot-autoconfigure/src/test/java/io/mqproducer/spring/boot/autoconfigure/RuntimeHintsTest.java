package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.mqproducer.spring.boot.autoconfigure.actuate.MQProducerDescriptor;
import io.mqproducer.spring.boot.autoconfigure.actuate.MQProducersDescriptor;
import io.mqproducer.spring.boot.autoconfigure.actuate.MQProducersEndpointAutoConfiguration;
import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import io.mqproducer.spring.boot.autoconfigure.transaction.MQProducerJdbcTransactionLogAutoConfiguration;
import io.mqproducer.spring.boot.autoconfigure.transaction.MQProducerTransactionAutoConfiguration;
import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.UrlResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.javapoet.ClassName;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** What the processing of an application ahead of time takes into a native image: all that ours reaches by name. */
class RuntimeHintsTest {

    private static RuntimeHints hints;

    @BeforeAll
    static void processAheadOfTime() {
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get(RuntimeHintsTest.class)), new InMemoryGeneratedFiles());
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Application.class);
            TestPropertyValues.of(
                            "mq.producer.instances.audit.group=audit",
                            "mq.producer.transaction.jdbc.enabled=true",
                            "management.endpoints.web.exposure.include=mqproducers")
                    .applyTo(context);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        hints = generation.getRuntimeHints();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MQProducerAutoConfiguration.class,
        MQProducersEndpointAutoConfiguration.class,
        MQProducerTransactionAutoConfiguration.class,
        MQProducerJdbcTransactionLogAutoConfiguration.class
    })
    static class Application {

        @Bean
        SimpleDriverDataSource dataSource() {
            return new SimpleDriverDataSource(new org.h2.Driver(), "jdbc:h2:mem:runtime-hints");
        }

        @Bean
        DataSourceTransactionManager transactionManager(SimpleDriverDataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }
    }

    /** Bound by Boot, copied into instances, and walked through to find the nearest match of an unknown one. */
    @Test
    void everySettingCanBeReadAndWritten() {
        List<Class<?>> settings = Stream.concat(
                        new ClassFileImporter()
                                        .withImportOption(new DoNotIncludeTests())
                                        .importPackagesOf(ProducerSettings.class)
                                        .stream()
                                        .map(JavaClass::reflect),
                        Stream.of(MQProducerProperties.class))
                .filter(type -> BeanUtils.getPropertyDescriptors(type).length > 1)
                .toList();

        assertThat(settings).hasSizeGreaterThan(18);
        for (Class<?> type : settings) {
            assertThat(hints)
                    .as("a constructor of %s", type)
                    .matches(RuntimeHintsPredicates.reflection()
                            .onConstructorInvocation(BeanUtils.getResolvableConstructor(type)));
            for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
                Stream.of(property.getReadMethod(), property.getWriteMethod())
                        .filter(method -> method != null && method.getDeclaringClass() != Object.class)
                        .forEach(RuntimeHintsTest::assertInvocable);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                MQProducersDescriptor.class,
                MQProducerDescriptor.class,
                MQProducerDescriptor.InFlight.class,
                MQProducerDescriptor.NameServer.class,
                MQProducerDescriptor.Route.class,
                MQProducerDescriptor.Broker.class,
                MQProducerDescriptor.Failure.class
            })
    void theEndpointsAnswerCanBeWritten(Class<?> answer) {
        for (RecordComponent component : answer.getRecordComponents()) {
            assertInvocable(component.getAccessor());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "mysql", "postgresql"})
    void theScriptsOfTheTransactionLogAreThere(String database) {
        assertThat(hints)
                .matches(RuntimeHintsPredicates.resource()
                        .forResource("io/mqproducer/spring/transaction/jdbc/schema-" + database + ".sql"));
    }

    @Test
    void failureAnalyzersCanBeMade() throws Exception {
        List<String> ours = new ArrayList<>();
        for (URL factories : Collections.list(getClass().getClassLoader().getResources("META-INF/spring.factories"))) {
            String analyzers = PropertiesLoaderUtils.loadProperties(new UrlResource(factories))
                    .getProperty(FailureAnalyzer.class.getName(), "");
            Stream.of(analyzers.split(","))
                    .filter(name -> name.startsWith("io.mqproducer"))
                    .forEach(ours::add);
        }

        assertThat(ours).hasSizeGreaterThan(4);
        for (String name : ours) {
            assertThat(hints)
                    .matches(RuntimeHintsPredicates.reflection()
                            .onConstructorInvocation(Class.forName(name).getDeclaredConstructors()[0]));
        }
    }

    private static void assertInvocable(Method method) {
        assertThat(hints)
                .as("invocation of %s", method)
                .matches(RuntimeHintsPredicates.reflection().onMethodInvocation(method));
    }
}
