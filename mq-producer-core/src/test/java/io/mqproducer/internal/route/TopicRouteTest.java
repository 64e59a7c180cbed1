package io.mqproducer.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.MessageQueue;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicRouteTest {

    private final TopicRoute route = Routes.of(4, 1, 3);

    @Test
    void numbersTheQueuesInRocketMqsOrder() {
        assertThat(route.size()).isEqualTo(8);
        assertThat(route.messageQueues())
                .extracting(queue -> queue.brokerName() + queue.queueId())
                .containsExactly("a0", "a1", "a2", "a3", "b0", "c0", "c1", "c2");
    }

    @Test
    void findsEachQueueByItsIndexAndBack() {
        for (int i = 0; i < route.size(); i++) {
            MessageQueue queue = route.queue(i).queue();

            assertThat(route.indexOf(queue)).isEqualTo(i);
            assertThat(route.brokers().get(route.brokerIndex(i)).brokerName()).isEqualTo(queue.brokerName());
            assertThat(route.queue(i).broker()).isEqualTo(new Endpoint(queue.brokerName(), 10911));
        }
    }

    @Test
    void f47_knowsWhatIsNotPartOfIt() {
        assertThat(route.indexOf(new MessageQueue("T", "b", 1))).isEqualTo(-1);
        assertThat(route.indexOf(new MessageQueue("T", "d", 0))).isEqualTo(-1);
        assertThat(route.indexOf(new MessageQueue("U", "a", 0))).isEqualTo(-1);
    }

    @Test
    void theRoundRobinGoesOnPastTheLargestInt() {
        TopicRoute about = Routes.startingAt(Integer.MAX_VALUE - 10, 4, 1, 3);

        List<Integer> indexes =
                IntStream.range(0, 24).mapToObj(i -> about.nextIndex()).toList();

        assertThat(indexes).allMatch(index -> index >= 0 && index < 8);
        for (int i = 0; i < 8; i++) { // 2^32 is a multiple of 8, so that not even the wrap skips one
            assertThat(indexes.subList(i, i + 8)).doesNotHaveDuplicates();
        }
    }

    @Test
    void f10_manyQueuesCostNothingUntilTheyAreUsed() {
        AtomicInteger made = new AtomicInteger();
        TopicRoute huge = new TopicRoute(
                "T",
                List.of(
                        new TopicRoute.BrokerQueues("a", new Endpoint("a", 1), 32_768, 0),
                        new TopicRoute.BrokerQueues("b", new Endpoint("b", 1), 32_768, 32_768)),
                new AtomicInteger(),
                (queue, broker) -> {
                    made.incrementAndGet();
                    return Routes.queueOf(queue, broker);
                });

        PublishQueue last = huge.queue(65_535);

        assertThat(last.queue()).isEqualTo(new MessageQueue("T", "b", 32_767));
        assertThat(huge.queue(65_535)).isSameAs(last);
        assertThat(huge.indexOf(new MessageQueue("T", "b", 32_767))).isEqualTo(65_535);
        assertThat(made).hasValue(1);
    }

    @Test
    void d6_aBrokerMayHaveQueuesHereAndThere() {
        TopicRoute mapped = new TopicRoute(
                "T",
                List.of(
                        new TopicRoute.BrokerQueues("a", new Endpoint("a", 1), 2, 0, 0),
                        new TopicRoute.BrokerQueues("b", new Endpoint("b", 1), 1, 2, 2),
                        new TopicRoute.BrokerQueues("a", new Endpoint("a", 1), 2, 3, 5)),
                new AtomicInteger(),
                Routes::queueOf);

        assertThat(mapped.messageQueues())
                .extracting(queue -> queue.brokerName() + queue.queueId())
                .containsExactly("a0", "a1", "b2", "a5", "a6");
        assertThat(mapped.brokerCount()).isEqualTo(2);
        for (int i = 0; i < mapped.size(); i++) {
            assertThat(mapped.indexOf(mapped.queue(i).queue())).isEqualTo(i);
        }
        for (int absent : new int[] {2, 3, 4, 7}) {
            assertThat(mapped.indexOf(new MessageQueue("T", "a", absent))).isEqualTo(-1);
        }
    }

    @Test
    void tellsARouteToTheSameQueuesFromAnother() {
        assertThat(route.sameQueues(Routes.startingAt(5, 4, 1, 3))).isTrue();
        assertThat(route.sameQueues(Routes.of(4, 1, 2))).isFalse();
        assertThat(route.sameQueues(Routes.of(4, 1))).isFalse();
    }
}
