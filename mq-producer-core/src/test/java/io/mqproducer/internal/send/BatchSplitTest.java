package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.protocol.BatchRecord;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.ProducerMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which messages of a batch travel together. */
class BatchSplitTest {

    private static final long SIZE = 10;

    private final SendFixture fixture = new SendFixture(List.of(), ProducerMetrics.NONE);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void m1_messagesOfOneTopicTravelTogether() {
        assertThat(split(1_000, plain("A"), plain("A"), plain("A"))).containsExactly(List.of(0, 1, 2));
    }

    @Test
    void m2_messagesOfSeveralTopicsAreGroupedByTopicInTheirOrder() {
        assertThat(split(1_000, plain("A"), plain("B"), plain("A"), plain("B")))
                .containsExactly(List.of(0, 2), List.of(1, 3));
    }

    @Test
    void m2_messagesThatWaitForTheStoreTravelApartFromThoseThatDoNot() {
        assertThat(split(1_000, plain("A"), message("A", builder -> builder.waitForStore(false)), plain("A")))
                .containsExactly(List.of(0, 2), List.of(1));
    }

    @Test
    void messagesOfOneOrderingKeyTravelTogether() {
        assertThat(split(1_000, keyed("x"), keyed("y"), keyed("x"), plain("A")))
                .containsExactly(List.of(0, 2), List.of(1), List.of(3));
    }

    @Test
    void m4_aRequestTakesAsMuchAsFits() {
        assertThat(split(25, plain("A"), plain("A"), plain("A"), plain("A"), plain("A")))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
    }

    @Test
    void m4_whatIsTooLargeForAnyTravelsAlone() {
        assertThat(split(SIZE - 1, plain("A"), plain("A"))).containsExactly(List.of(0), List.of(1));
    }

    @Test
    void m4_noMoreTravelTogetherThanTheAnswerHasRoomFor() {
        Message[] many = new Message[BatchRecord.MAX_RECORDS + 1];
        Arrays.fill(many, plain("A"));

        List<List<Integer>> parts = split(Long.MAX_VALUE, many);

        assertThat(parts).hasSize(2);
        assertThat(parts.get(0)).hasSize(BatchRecord.MAX_RECORDS);
    }

    @Test
    void m2_whatABrokerDoesForSingleMessagesOnlyTravelsAlone() {
        assertThat(split(
                        1_000,
                        plain("A"),
                        message("A", builder -> builder.delivery(DeliveryTime.atLevel(1))),
                        message("A", builder -> builder.delivery(DeliveryTime.after(Duration.ofSeconds(1)))),
                        message("A", builder -> builder.priority(1)),
                        message("A", builder -> builder.liteTopic("lite")),
                        message("A", builder -> builder.multiDispatch("%LMQ%a")),
                        message("A", builder -> builder.reconsumeTimes(1)),
                        plain("A")))
                .containsExactly(List.of(0, 7), List.of(1), List.of(2), List.of(3), List.of(4), List.of(5), List.of(6));
    }

    @Test
    void aSelectorIsAskedForEachMessage() {
        SendOptions selected = SendOptions.defaults().to(QueueTarget.selectedBy(MessageQueueSelector.byHash(), "arg"));

        assertThat(split(1_000, selected, plain("A"), plain("A"))).containsExactly(List.of(0), List.of(1));
    }

    private List<List<Integer>> split(long maxBytes, Message... messages) {
        return split(maxBytes, SendOptions.defaults(), messages);
    }

    private List<List<Integer>> split(long maxBytes, SendOptions options, Message... messages) {
        FutureBatch batch = new FutureBatch(fixture.sender, List.of(messages), options);
        BatchSplit split = new BatchSplit(options.target(), maxBytes);
        List<BatchElement> elements = new ArrayList<>();
        for (int i = 0; i < messages.length; i++) {
            elements.add(new BatchElement(batch, i, messages[i]));
            split.add(elements.get(i), SIZE);
        }
        return split.parts().stream()
                .map(part -> part.stream().map(BatchElement::index).toList())
                .toList();
    }

    private static Message plain(String topic) {
        return message(topic, builder -> builder);
    }

    private static Message keyed(String key) {
        return message("A", builder -> builder.orderingKey(key));
    }

    private static Message message(String topic, UnaryOperator<Message.Builder> more) {
        return more.apply(Message.builder(topic).body(new byte[1])).build();
    }
}
