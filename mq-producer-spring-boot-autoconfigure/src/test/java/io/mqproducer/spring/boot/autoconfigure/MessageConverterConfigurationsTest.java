package io.mqproducer.spring.boot.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqproducer.spring.JsonMQMessageConverter;
import io.mqproducer.spring.MQMessageConverter;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MessageConverterConfigurationsTest {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class, BootAutoConfigurations.JACKSON))
            .withPropertyValues("mq.producer.auto-startup=false");

    @Test
    void writesJsonByBootsMapper() {
        contextRunner
                .withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
                .run(context -> assertThat(body(context.getBean(MQMessageConverter.class)))
                        .isEqualTo("{\"order_id\":1}"));
    }

    @Test
    void writesJsonByJackson2WhenThatIsAllThereIs() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class))
                .withPropertyValues("mq.producer.auto-startup=false")
                .withBean(ObjectMapper.class, ObjectMapper::new)
                .run(context -> assertThat(body(context.getBean(MQMessageConverter.class)))
                        .isEqualTo("{\"orderId\":1}"));
        contextRunner
                .withClassLoader(new FilteredClassLoader("tools.jackson"))
                .withBean(ObjectMapper.class, ObjectMapper::new)
                .run(context -> assertThat(body(context.getBean(MQMessageConverter.class)))
                        .isEqualTo("{\"orderId\":1}"));
    }

    @Test
    void convertsNoObjectsWithoutAMapper() {
        contextRunner
                .withClassLoader(new FilteredClassLoader("tools.jackson", "com.fasterxml.jackson.databind"))
                .run(context -> {
                    MQMessageConverter converter = context.getBean(MQMessageConverter.class);
                    assertThat(converter.toBody("text")).isEqualTo("text".getBytes(UTF_8));
                    assertThatThrownBy(() -> body(converter)).hasMessageContaining("no JSON mapper");
                });
    }

    @Test
    void leavesTheConverterToTheApplication() {
        MQMessageConverter own = payload -> new byte[] {1};

        contextRunner
                .withBean("own", MQMessageConverter.class, () -> own)
                .run(context -> assertThat(context)
                        .hasSingleBean(MQMessageConverter.class)
                        .doesNotHaveBean("mqMessageConverter"));
    }

    @Test
    void asksForOneConverterWhenThereAreTwo() {
        contextRunner
                .withBean("one", MQMessageConverter.class, JsonMQMessageConverter::new)
                .withBean("two", MQMessageConverter.class, JsonMQMessageConverter::new)
                .run(context ->
                        assertThat(context).getFailure().hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class));
    }

    record Parcel(int orderId) {}

    private static String body(MQMessageConverter converter) {
        return new String(converter.toBody(new Parcel(1)), UTF_8);
    }
}
