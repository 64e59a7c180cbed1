package io.mqproducer.internal.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.config.ProducerConfig.Detector;
import io.mqproducer.internal.config.ProducerConfig.FaultTolerance;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.internal.route.Routes;
import io.mqproducer.internal.route.TopicRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueSelectorTest {

    private static final long NOW = 1_000_000_000_000L;
    private static final long MILLI = 1_000_000;

    private final BrokerHealth health = new BrokerHealth(new FaultTolerance(false, List.of(), List.of(), Detector.OFF));
    private final QueueSelector selector = new QueueSelector(health);

    @Test
    void goesRoundAllQueuesInOrder() {
        TopicRoute route = Routes.of(2, 1, 2);

        assertThat(names(route, 7, List.of())).containsExactly("a0", "a1", "b0", "c0", "c1", "a0", "a1");
    }

    @Test
    void spreadsEvenlyWhileAllAreWell() {
        TopicRoute route = Routes.of(3, 3, 2);
        Map<String, Integer> counts = new HashMap<>();
        names(route, 8000, List.of()).forEach(name -> counts.merge(name, 1, Integer::sum));

        assertThat(counts)
                .hasSize(8)
                .allSatisfy((name, count) -> assertThat(count).isEqualTo(1000));
    }

    @Test
    void avoidsBrokersThatTheSendHasTried() {
        TopicRoute route = Routes.of(2, 2, 2);

        assertThat(names(route, 60, List.of("a", "c"))).allMatch(name -> name.startsWith("b"));
        assertThat(names(route, 60, List.of("a", "c"))).contains("b0", "b1");
    }

    @Test
    void f15b_avoidsBrokersThatFailed() {
        TopicRoute route = Routes.of(2, 2);
        health.failed("a", NOW);

        assertThat(names(route, 40, List.of()))
                .allMatch(name -> name.startsWith("b"))
                .contains("b0", "b1");
    }

    @Test
    void f15b_sendsOneProbeWhenTheTimeIsOver() {
        TopicRoute route = Routes.of(1, 1);
        health.failed("a", NOW - 500 * MILLI);

        assertThat(names(route, 40, List.of())).containsOnlyOnce("a0");
    }

    @Test
    void f18_takesTheLeastRecentlyFailedIfAllAreAvoided() {
        TopicRoute route = Routes.of(2, 2, 2);
        health.failed("a", NOW - 10 * MILLI);
        health.failed("b", NOW - 30 * MILLI);
        health.failed("c", NOW - 20 * MILLI);

        assertThat(names(route, 12, List.of())).containsOnly("b0", "b1");
    }

    @Test
    void prefersAnAvoidedBrokerToOneThatTheSendHasTried() {
        TopicRoute route = Routes.of(2, 2);
        health.failed("a", NOW);

        assertThat(names(route, 12, List.of("b"))).containsOnly("a0", "a1");
    }

    @Test
    void takesATriedBrokerIfThereIsNoOther() {
        assertThat(names(Routes.of(2), 2, List.of("a"))).containsExactly("a0", "a1");
    }

    @Test
    void knowsWhetherABrokerIsLeft() {
        TopicRoute route = Routes.of(1, 1);

        assertThat(selector.hasUntried(route, List.of(), "a")).isTrue();
        assertThat(selector.hasUntried(route, List.of("b"), "a")).isFalse();
        assertThat(selector.hasUntried(route, List.of("a"), "a")).isTrue();
        assertThat(selector.hasUntried(Routes.of(5), List.of(), "a")).isFalse();
    }

    private List<String> names(TopicRoute route, int count, List<String> tried) {
        return IntStream.range(0, count)
                .mapToObj(i -> selector.select(route, tried, NOW))
                .map(PublishQueue::queue)
                .map(queue -> queue.brokerName() + queue.queueId())
                .toList();
    }
}
