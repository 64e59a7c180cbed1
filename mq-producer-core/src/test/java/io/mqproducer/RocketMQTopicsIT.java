package io.mqproducer;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;

import io.mqproducer.ProducerStatus.State;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedBroker;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics of a real cluster: their names, their making, their routes, and the life of a producer that knows them. */
@Tag("rocketmq")
class RocketMQTopicsIT {

    private static final byte[] BODY = {1, 2, 3};

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void putsItsNamespaceBeforeTheTopic() {
        SendResult result;
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.namespace("tenant-a"))) {
            result = put.producer().send(Message.of("spaced", BODY));

            assertThat(put.producer().publishQueues("spaced"))
                    .contains(result.queue())
                    .extracting(MessageQueue::topic)
                    .containsOnly("spaced");
        }

        assertThat(result.queue().topic()).isEqualTo("spaced");
        assertThat(rocketMQ.cluster().messages("tenant-a%spaced"))
                .singleElement()
                .satisfies(stored -> {
                    assertThat(stored.topic()).isEqualTo("tenant-a%spaced");
                    assertThat(stored.msgId()).isEqualTo(result.msgId());
                });
        assertThat(rocketMQ.cluster().messages("spaced")).isEmpty();
    }

    @Test
    void leavesTopicsAsTheyAreWithANamespaceOfTheSecondKind() {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.namespaceV2("tenant-b"))) {
            put.producer().send(Message.of("spaced-v2", BODY));
        }

        assertThat(rocketMQ.cluster().messages("spaced-v2"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.body()).isEqualTo(BODY));
    }

    @Test
    void f11_makesATopicByItsFirstMessageWithAsManyQueuesAsConfigured() {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.defaultTopicQueues(2))) {
            for (int i = 0; i < 8; i++) {
                put.producer().send(Message.of("auto-created", BODY));
            }
        }

        assertThat(rocketMQ.cluster().messages("auto-created"))
                .hasSize(8)
                .extracting(StoredMessage::queueId)
                .containsOnly(0, 1);
    }

    @Test
    void f11_makesNoTopicWhenItMayNot() {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.autoCreateTopics(false))) {
            assertThatThrownBy(() -> put.producer().send(Message.of("not-created", BODY)))
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.NO_ROUTE);
            assertThatThrownBy(() -> put.producer().publishQueues("not-created"))
                    .isInstanceOf(RequestFailedException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.NO_ROUTE);
        }

        assertThat(rocketMQ.cluster().messages("not-created")).isEmpty();
    }

    @Test
    void listsTheQueuesOfATopicInRocketMQsOrder() {
        rocketMQ.cluster().createTopic("listed", 3);

        try (ProducerUnderTest put = start()) {
            assertThat(put.producer().publishQueues("listed"))
                    .containsExactly(
                            new MessageQueue("listed", "broker-a", 0),
                            new MessageQueue("listed", "broker-a", 1),
                            new MessageQueue("listed", "broker-a", 2));
        }
    }

    @Test
    void knowsRouteAndBrokerOfAWarmUpTopicBeforeTheFirstSend() {
        rocketMQ.cluster().createTopic("warm", 3);

        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.warmUpTopics("warm"))) {
            Eventually.await(
                    "connection",
                    Duration.ofSeconds(5),
                    () -> put.producer().status().brokers().stream().anyMatch(ProducerStatus.Broker::connected));

            assertThat(put.producer().status().routes()).singleElement().satisfies(route -> {
                assertThat(route.topic()).isEqualTo("warm");
                assertThat(route.queues()).isEqualTo(3);
                assertThat(route.brokers()).containsExactly("broker-a");
            });
        }
    }

    @Test
    void showsWhatItKnowsInItsStatus() {
        EmbeddedBroker broker = rocketMQ.cluster().broker("broker-a");
        try (ProducerUnderTest put = start()) {
            put.producer().send(Message.of("shown", BODY));

            ProducerStatus status = put.producer().status();

            assertThat(status.state()).isEqualTo(State.RUNNING);
            assertThat(status.nameServers()).singleElement().satisfies(server -> {
                assertThat(server.address()).isEqualTo(rocketMQ.nameServerAddresses());
                assertThat(server.lastAnswer()).isPresent();
                assertThat(server.lastFailure()).isEmpty();
            });
            assertThat(status.routes()).extracting(ProducerStatus.Route::topic).containsExactly("shown");
            assertThat(status.brokers()).singleElement().satisfies(shown -> {
                assertThat(shown.name()).isEqualTo("broker-a");
                assertThat(shown.address()).isEqualTo(broker.address());
                assertThat(shown.connected()).isTrue();
                assertThat(shown.isolatedFor()).isZero();
                assertThat(shown.latency()).get(as(DURATION)).isBetween(Duration.ofNanos(1), Duration.ofSeconds(3));
            });
            assertThat(status.inFlightMessages()).isZero();
            assertThat(status.lastFailures()).isEmpty();
        }
    }

    @Test
    void sendsAgainAfterItWasStoppedAndStarted() {
        try (ProducerUnderTest put = start()) {
            put.producer().send(Message.of("restarted", BODY));
            put.producer().stop(Duration.ofSeconds(5));
            assertThat(put.producer().status().state()).isEqualTo(State.STOPPED);
            assertThat(put.threads()).isEmpty();
            assertThatThrownBy(() -> put.producer().send(Message.of("restarted", BODY)))
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.CLOSED);

            put.producer().start();
            put.producer().send(Message.of("restarted", BODY));
        }

        assertThat(rocketMQ.cluster().messages("restarted")).hasSize(2);
    }

    @Test
    void startsWithItsFirstSend() {
        try (ProducerUnderTest put = ProducerUnderTest.create(rocketMQ.nameServerAddresses(), b -> {})) {
            assertThat(put.producer().status().state()).isEqualTo(State.NEW);

            put.producer().send(Message.of("lazily-started", BODY));
        }

        List<StoredMessage> stored = rocketMQ.cluster().messages("lazily-started");
        assertThat(stored).hasSize(1);
    }

    private static ProducerUnderTest start() {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses());
    }
}
