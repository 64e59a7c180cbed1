package io.mqproducer.spring.boot.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.ProducerStatus;
import io.mqproducer.ProducerStatus.Broker;
import io.mqproducer.ProducerStatus.NameServer;
import io.mqproducer.ProducerStatus.Route;
import io.mqproducer.ProducerStatus.State;
import io.mqproducer.spring.boot.autoconfigure.health.ProducerHealth.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProducerHealthTest {

    private static final NameServer ANSWERS = NameServer.of("ns1:9876", Instant.EPOCH, null);
    private static final NameServer FAILS = NameServer.of("ns2:9876", Instant.EPOCH, "connection refused");
    private static final NameServer NEVER_ASKED = NameServer.of("ns3:9876", null, null);

    private final ProducerStatus.Builder running = ProducerStatus.builder(State.RUNNING);

    @Test
    void isUnknownUntilSomethingWasContacted() {
        assertThat(condition(running)).isEqualTo(Condition.UNKNOWN);
        assertThat(condition(running.nameServers(List.of(NEVER_ASKED)))).isEqualTo(Condition.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(value = State.class, mode = EnumSource.Mode.EXCLUDE, names = "RUNNING")
    void isUnknownUnlessTheProducerRuns(State state) {
        assertThat(condition(ProducerStatus.builder(state).nameServers(List.of(ANSWERS))))
                .isEqualTo(Condition.UNKNOWN);
    }

    @Test
    void isUpWhileANameServerAnswers() {
        assertThat(condition(running.nameServers(List.of(ANSWERS)))).isEqualTo(Condition.UP);
        assertThat(condition(running.nameServers(List.of(FAILS, ANSWERS, NEVER_ASKED))))
                .isEqualTo(Condition.UP);
    }

    @Test
    void isDownWhenNoNameServerAnswers() {
        assertThat(condition(running.nameServers(List.of(FAILS, FAILS)))).isEqualTo(Condition.DOWN);
        assertThat(condition(running.nameServers(List.of(FAILS, NEVER_ASKED)))).isEqualTo(Condition.DOWN);
    }

    @Test
    void isDownWhenEveryBrokerOfATopicInUseIsAvoided() {
        running.nameServers(List.of(ANSWERS))
                .brokers(List.of(broker("a", 1), broker("b", 1), broker("c", 0)))
                .routes(List.of(
                        route("lost", Duration.ofMinutes(5), "a", "b"), route("served", Duration.ZERO, "a", "c")));

        ProducerHealth health = ProducerHealth.of(running.build());

        assertThat(health.condition()).isEqualTo(Condition.DOWN);
        assertThat(health.details()).containsEntry("topicsWithoutBroker", List.of("lost"));
    }

    @Test
    void isUpWhenTheTopicIsNoLongerUsed() {
        running.nameServers(List.of(ANSWERS))
                .brokers(List.of(broker("a", 1)))
                .routes(List.of(
                        route("unused", Duration.ofMinutes(5).plusNanos(1), "a"), route("empty", Duration.ZERO)));

        assertThat(condition(running)).isEqualTo(Condition.UP);
    }

    @Test
    void tellsWhatItRestsOn() {
        running.nameServers(List.of(ANSWERS, FAILS, NEVER_ASKED)).inFlight(3, 1000);

        assertThat(ProducerHealth.of(running.build()).details())
                .containsOnly(
                        Map.entry("state", "RUNNING"),
                        Map.entry("messagesInFlight", 3),
                        Map.entry(
                                "nameServers",
                                Map.of(
                                        "ns1:9876", "answers",
                                        "ns2:9876", "connection refused",
                                        "ns3:9876", "not contacted yet")));
    }

    private static Condition condition(ProducerStatus.Builder status) {
        return ProducerHealth.of(status.build()).condition();
    }

    private static Broker broker(String name, int isolatedSeconds) {
        return Broker.of(name, name + ":10911", true, Duration.ofSeconds(isolatedSeconds), null);
    }

    private static Route route(String topic, Duration lastUse, String... brokers) {
        return Route.of(topic, Duration.ZERO, lastUse, 4, List.of(brokers));
    }
}
