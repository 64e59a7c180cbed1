package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DefaultMQProducerTest {

    private static final Message MESSAGE = Message.of("T", new byte[1]);
    private static final SendOptions OPTIONS = SendOptions.defaults();

    @Test
    void b10_namesWhatIsNull() {
        try (MQProducer producer =
                MQProducer.builder("PG").nameServers("localhost:9876").build()) {
            for (Consumer<MQProducer> send : List.<Consumer<MQProducer>>of(
                    mq -> mq.send(null),
                    mq -> mq.sendAsync(null),
                    mq -> mq.sendAsync(null, OPTIONS, new FutureOfCallback()),
                    mq -> mq.sendOneway(null))) {
                assertNull("message", () -> send.accept(producer));
            }
            assertNull("options", () -> producer.send(MESSAGE, null));
            assertNull("callback", () -> producer.sendAsync(MESSAGE, OPTIONS, null));

            assertThat(producer.status().state()).as("started by none of it").isEqualTo(ProducerStatus.State.NEW);
        }
    }

    private static void assertNull(String name, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(NullPointerException.class).hasMessage(name);
    }
}
