package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.internal.route.Routes;
import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.QueueTarget;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetQueueTest {

    private final TopicRoute route = Routes.of(4, 3);
    private final Message message = SendFixture.message();

    @Test
    void aMessageWithoutAWishMayGoToAnyQueue() throws NoQueueException {
        assertThat(TargetQueue.of(route, message, QueueTarget.any())).isNull();
    }

    @Test
    void aFixedQueueIsTakenAsItIs() throws NoQueueException {
        MessageQueue queue = new MessageQueue("T", "a", 99);

        assertThat(TargetQueue.of(route, message, QueueTarget.queue(queue))).isSameAs(queue);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-1", "order-2", "polygenelubricants", "Ünïcode"})
    void anOrderingKeyChoosesTheQueueThatRocketMqsHashSelectorChooses(String key) throws NoQueueException {
        int index = Math.abs(key.hashCode() % 7); // as SelectMessageQueueByHash does it

        assertThat(TargetQueue.of(route, SendFixture.ordered(key), QueueTarget.any()))
                .isEqualTo(route.messageQueues().get(index));
        assertThat(TargetQueue.of(route, message, QueueTarget.selectedBy(MessageQueueSelector.byHash(), key)))
                .isEqualTo(route.messageQueues().get(index));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 6, -6, 7, -7, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1})
    void negativeHashesFindAQueueToo(int hash) throws NoQueueException {
        MessageQueue selected =
                TargetQueue.of(route, message, QueueTarget.selectedBy(MessageQueueSelector.byHash(), hash));

        assertThat(selected).isEqualTo(route.messageQueues().get(Math.abs(hash % 7)));
    }

    @Test
    void aSelectorThatThrowsFailsTheSend() {
        IllegalStateException thrown = new IllegalStateException("no idea");

        assertFails(
                queue -> {
                    throw thrown;
                },
                "it threw java.lang.IllegalStateException: no idea");
    }

    @Test
    @SuppressWarnings("NullAway")
    void aSelectorThatReturnsNothingFailsTheSend() {
        assertFails(queue -> null, "it returned null, which is not one of the queues");
    }

    @Test
    void aSelectorThatMakesAQueueUpFailsTheSend() {
        assertFails(
                queue -> new MessageQueue("T", "a", 4),
                "it returned " + new MessageQueue("T", "a", 4) + ", which is not one of the queues");
    }

    private void assertFails(UnaryOperator<MessageQueue> answer, String text) {
        QueueTarget target = QueueTarget.selectedBy((queues, any, arg) -> answer.apply(queues.get(0)), "arg");

        assertThatThrownBy(() -> TargetQueue.of(route, message, target))
                .isInstanceOfSatisfying(NoQueueException.class, e -> {
                    assertThat(e.asFailure(false).kind()).isEqualTo(FailureKind.SELECTOR);
                    assertThat(e).hasMessage(text);
                });
    }
}
