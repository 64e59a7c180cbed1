package io.mqproducer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageQueueSelectorTest {

    private static final List<MessageQueue> QUEUES =
            IntStream.range(0, 4).mapToObj(id -> new MessageQueue("T", "a", id)).toList();

    private static final Message MESSAGE = Message.of("T", new byte[] {1});

    @ParameterizedTest
    @CsvSource({"0, 4, 0", "7, 4, 3", "-7, 4, 3", "-8, 4, 0", "-2147483648, 3, 2", "2147483647, 3, 1"})
    void choosesAsRocketMqsHashSelectorDoes(int hashCode, int size, int index) {
        assertThat(MessageQueueSelector.hashIndex(hashCode, size)).isEqualTo(index);
    }

    @Test
    void choosesTheSameQueueForTheSameArgument() {
        assertThat(MessageQueueSelector.byHash().select(QUEUES, MESSAGE, -7)).isEqualTo(QUEUES.get(3));
    }

    @Test
    void choosesAnyQueueAtRandom() {
        assertThat(QUEUES).contains(MessageQueueSelector.random().select(QUEUES, MESSAGE, "x"));
    }

    @Test
    void countsQueuesFromZero() {
        assertThatThrownBy(() -> new MessageQueue("T", "a", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("queueId must not be negative, got -1");
    }
}
