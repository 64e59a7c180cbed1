package io.mqproducer;

import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.Attempt;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I1, I2, I5 and A-DL: when a send ends, how often it is tried, and how many copies that can make. */
class RetriesIT {

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer brokerA = cluster.broker(0);
    private final Script stores = brokerA.script(SEND_MESSAGE_V2);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    private void onlyBrokerA() {
        cluster.route(TOPIC, RouteJson.of("broker-a", brokerA.address(), 4));
    }

    // ---- time

    @ParameterizedTest
    @ValueSource(longs = {50, 200, 1000})
    void i2_aSendToAMuteBrokerEndsAtItsDeadline(long timeout) {
        onlyBrokerA();
        brokerA.on(SEND_MESSAGE_V2, Reply.never());

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            put.producer().publishQueues(TOPIC);
            for (SendVia via : SendVia.values()) {
                long start = System.nanoTime();
                MQProducerException failure = via.failure(put.producer(), message(), within(timeout));

                Probe.assertEndedAtDeadline(start, timeout);
                assertThat(failure)
                        .isInstanceOf(MessageMaybeStoredException.class)
                        .hasMessageContaining("no answer within " + timeout + " ms")
                        .hasMessageMatching(
                                ".*attempts=1: \\[broker-a@" + brokerA.address() + " q\\d: no answer in \\d+ ms\\]");
                assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
            }
            assertThat(brokerA.requests(SEND_MESSAGE_V2)).hasSize(2);
        }
    }

    @Test
    void i1_i2_aThousandSendsToAMuteBrokerEndOnceAndAtTheirDeadline() {
        onlyBrokerA();
        brokerA.on(SEND_MESSAGE_V2, Reply.never());

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            AtomicInteger calls = new AtomicInteger();
            List<CompletableFuture<Long>> sends = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                long start = System.nanoTime();
                sends.add(put.producer().sendAsync(message(), within(500)).handle((result, failure) -> {
                    calls.incrementAndGet();
                    return Probe.millisSince(start);
                }));
            }

            assertThat(sends)
                    .allSatisfy(sent -> assertThat(sent)
                            .succeedsWithin(Duration.ofSeconds(2))
                            .satisfies(millis -> assertThat(millis).isBetween(490L, 1000L)));
            assertThat(calls).hasValue(1000);
            assertThat(put.count(Outcome.MAYBE_STORED)).isEqualTo(1000);
            assertThat(brokerA.requests(SEND_MESSAGE_V2)).hasSize(1000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void i2_aSendMovesToAnotherBrokerWhenHalfOfItsTimeHasGoneUnanswered(SendVia via) {
        AtomicInteger mute = new AtomicInteger();
        for (ScriptedPeer broker : List.of(brokerA, cluster.broker(1))) {
            Script storing = broker.script(SEND_MESSAGE_V2);
            broker.on(
                    SEND_MESSAGE_V2,
                    request -> mute.compareAndSet(0, request.port()) ? Reply.never() : storing.reply(request));
        }

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            put.producer().publishQueues(TOPIC);
            SendResult result = via.send(put.producer(), message(), within(2000));

            List<Request> sent = new ArrayList<>(brokerA.requests(SEND_MESSAGE_V2));
            sent.addAll(cluster.broker(1).requests(SEND_MESSAGE_V2));
            assertThat(sent).hasSize(2);
            long between = Math.abs(sent.get(0).nanoTime() - sent.get(1).nanoTime());
            assertThat(TimeUnit.NANOSECONDS.toMillis(between)).isBetween(970L, 1500L);
            assertThat(result.attempts()).isEqualTo(2);
            assertThat(result.mayBeDuplicate()).isTrue();
        }
    }

    @Test
    void i2_aSendThatMayNotBeRepeatedGivesAllOfItsTimeToOneBroker() {
        brokerA.on(SEND_MESSAGE_V2, request -> stores.reply(request).after(Duration.ofMillis(600)));
        Script storesToo = cluster.broker(1).script(SEND_MESSAGE_V2);
        cluster.broker(1)
                .on(SEND_MESSAGE_V2, request -> storesToo.reply(request).after(Duration.ofMillis(600)));
        SendOptions once = within(1000).withRetryAfterMaybeStored(false);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            put.producer().publishQueues(TOPIC);
            SendResult result = put.producer().send(message(), once);

            assertThat(result.attempts()).isEqualTo(1);
        }
    }

    // ---- copies

    @ParameterizedTest
    @EnumSource
    void i5_everyRepetitionAfterMaybeStoredCarriesTheSameId(SendVia via) {
        storesAndDies();

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            MQProducerException failure = via.failure(put.producer(), message(), within(3000));

            assertThat(failure).isInstanceOf(MessageMaybeStoredException.class);
            assertThat(failure.attempts()).extracting(Attempt::number).containsExactly(1, 2, 3);
            assertThat(failure.attempts()).extracting(Attempt::outcome).containsOnly(Outcome.MAYBE_STORED);
            assertThat(cluster.messages(TOPIC))
                    .hasSize(3)
                    .extracting(RecordedMessage::uniqueKey)
                    .containsOnly(failure.msgId().orElseThrow());
            assertThat(failure.getSuppressed()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void i5_nothingIsRepeatedAfterMaybeStoredIfThatIsNotWanted(SendVia via) {
        storesAndDies();

        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), settings -> settings.retryAfterMaybeStored(false))) {
            MQProducerException failure = via.failure(put.producer(), message(), within(3000));

            assertThat(failure).isInstanceOf(MessageMaybeStoredException.class);
            assertThat(cluster.messages(TOPIC)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void i5_nothingIsRepeatedWithoutRetries(SendVia via) {
        storesAndDies();

        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), settings -> settings.retryMaxRetries(0))) {
            MQProducerException failure = via.failure(put.producer(), message(), within(3000));

            assertThat(failure).isInstanceOf(MessageMaybeStoredException.class);
            assertThat(cluster.messages(TOPIC)).hasSize(1);
        }
    }

    @Test
    void i5_whatIsCertainlyNotStoredIsRepeatedEvenIfNothingElseIs() {
        onlyBrokerA();
        brokerA.on(SEND_MESSAGE_V2, Script.sequence(Reply.code(2, "busy"), stores));

        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), settings -> settings.retryAfterMaybeStored(false))) {
            SendResult result = put.producer().send(message(), within(3000));

            assertThat(result.mayBeDuplicate()).isFalse();
            assertThat(cluster.messages(TOPIC)).hasSize(1);
        }
    }

    @Test
    void i5_theSameMessageSentTwiceIsTwoMessages() {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            var message = message();
            SendResult first = put.producer().send(message, within(2000));
            SendResult second = put.producer().send(message, within(2000));

            assertThat(first.msgId()).isNotEqualTo(second.msgId());
        }
    }

    private void storesAndDies() {
        onlyBrokerA();
        brokerA.on(SEND_MESSAGE_V2, request -> {
            stores.reply(request);
            return Reply.reset();
        });
    }

    @ParameterizedTest
    @EnumSource
    void i4_aRefusalAfterAMaybeStaysMaybeStored(SendVia via) {
        onlyBrokerA();
        Script storesAndResets = request -> {
            stores.reply(request);
            return Reply.reset();
        };
        brokerA.on(SEND_MESSAGE_V2, Script.sequence(storesAndResets, Reply.code(13, "too long")));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            MQProducerException failure = via.failure(put.producer(), message(), within(3000));

            assertThat(failure).isInstanceOf(MessageMaybeStoredException.class);
            assertThat(failure.kind()).isEqualTo(FailureKind.BROKER_REJECTED);
            assertThat(cluster.messages(TOPIC)).hasSize(1);
        }
    }
}
