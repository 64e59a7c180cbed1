package io.mqproducer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mqproducer.MQProducer;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.springframework.core.ParameterizedTypeReference;

/** The template where nothing is but the core and Spring's own core: no messaging, transactions, Micrometer or Jackson. */
class OptionalLibrariesTest {

    private final URLClassLoader bare = new URLClassLoader(
            Stream.of(
                            MQTemplate.class,
                            MQProducer.class,
                            ParameterizedTypeReference.class,
                            NullMarked.class,
                            Logger.class,
                            org.apache.commons.logging.Log.class)
                    .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                    .toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader());

    @AfterEach
    void close() throws Exception {
        bare.close();
    }

    /** As proxies, mocks and containers do it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MQTemplate",
                "MQTemplate$Builder",
                "MQOperations",
                "SendSpec",
                "AfterCommitSpec",
                "TransactionalSpec",
                "MessageTransactions",
                "MQMessageConverter",
                "JsonMQMessageConverter",
                "ForwardingMQProducer"
            })
    void canBeReflectedUpon(String name) throws Exception {
        Class<?> type = Class.forName("io.mqproducer.spring." + name, true, bare);

        assertThat(type.getClassLoader()).isSameAs(bare);
        assertThat(type.getDeclaredMethods()).isNotEmpty();
        assertThat(type.getMethods()).isNotEmpty();
        assertThat(type.getDeclaredConstructors()).isNotNull();
        assertThat(type.getDeclaredFields()).isNotNull();
        assertThat(type.getDeclaredClasses()).isNotNull();
        for (Method method : type.getMethods()) {
            assertThat(method.getGenericParameterTypes()).isNotNull();
            assertThat(method.getGenericReturnType()).isNotNull();
        }
    }

    @Test
    void sendsAllTheSame() throws Exception {
        Class<?> producerType = Class.forName(MQProducer.class.getName(), true, bare);
        StringBuilder called = new StringBuilder();
        Object producer = Proxy.newProxyInstance(bare, new Class<?>[] {producerType}, (proxy, method, arguments) -> {
            called.append(method.getName());
            return null;
        });
        Class<?> templateType = Class.forName(MQTemplate.class.getName(), true, bare);
        Class<?> converterType = Class.forName(MQMessageConverter.class.getName(), true, bare);
        Object converter = Class.forName(JsonMQMessageConverter.class.getName(), true, bare)
                .getConstructor()
                .newInstance();
        Object template =
                templateType.getConstructor(producerType, converterType).newInstance(producer, converter);

        templateType.getMethod("sendOneway", String.class, Object.class).invoke(template, "orders:created", "x");

        assertThat(called).hasToString("sendOneway");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.messaging.Message",
                "org.springframework.transaction.support.TransactionSynchronization",
                "io.micrometer.observation.Observation",
                "tools.jackson.databind.json.JsonMapper",
                "com.fasterxml.jackson.databind.ObjectMapper"
            })
    void isTestedWithoutThem(String name) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name, false, bare));
    }
}
