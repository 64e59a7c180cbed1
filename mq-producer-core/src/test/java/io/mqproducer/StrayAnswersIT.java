package io.mqproducer;

import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.to;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F30 to F34: answers that nobody waits for, or that come from the wrong place (I1, I11, S13). */
class StrayAnswersIT {

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer broker = cluster.broker(0);
    private final Script stores = broker.script(SEND_MESSAGE_V2);

    @BeforeEach
    void onlyOneBroker() {
        cluster.route(TOPIC, RouteJson.of("broker-a", broker.address(), 4));
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void f30_anAnswerToNothingIsDroppedAndTheConnectionKept() {
        broker.on(
                SEND_MESSAGE_V2,
                request -> Reply.sendOk(3, 999)
                        .withOpaque(request.opaque() + 1)
                        .then(Reply.sendOk(3, 999).withOpaque(request.opaque() - 1))
                        .then(Reply.sendOk(3, 999).withOpaque(~request.opaque()))
                        .then(stores.reply(request)));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (int i = 0; i < 100; i++) {
                SendResult result = put.producer().send(message(), within(2000));

                assertThat(result.queueOffset()).isLessThan(999);
            }
            assertThat(broker.connections().accepted()).isEqualTo(1);
        }
    }

    @Test
    void f31_theFirstOfTwoAnswersCounts() {
        broker.on(
                SEND_MESSAGE_V2,
                request -> stores.reply(request)
                        .then(Reply.code(13, "second thoughts"))
                        .then(Reply.sendOk(request, 999)));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (int i = 0; i < 100; i++) {
                SendResult result = put.producer().send(message(), within(2000));

                assertThat(result.queueOffset()).isLessThan(999);
                assertThat(result.attempts()).isEqualTo(1);
            }
            assertThat(broker.requests(SEND_MESSAGE_V2)).hasSize(100);
            assertThat(broker.connections().accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void f32_anAnswerAfterTheDeadlineCompletesNothingElse(SendVia via) {
        Hold held = broker.hold(SEND_MESSAGE_V2);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            MQProducerException failure = via.failure(put.producer(), message("late"), within(200));
            CompletableFuture<SendResult> next = put.producer().sendAsync(message("next"), within(3000));
            held.await(2, Duration.ofSeconds(1));
            held.release(0);
            held.release(0);

            assertThat(failure).isInstanceOf(MessageMaybeStoredException.class);
            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(next).succeedsWithin(Duration.ofSeconds(1));
            RecordedMessage stored = cluster.messages(TOPIC).get(1);
            assertThat(stored.text()).isEqualTo("next");
            assertIsAnswerTo(next.join(), stored);
            assertThat(broker.connections().accepted()).isEqualTo(1);
        }
    }

    @Test
    void f33_i11_s13_anAnswerOnTheConnectionOfAnotherBrokerIsIgnored() {
        cluster.route(TOPIC, cluster.defaultRoute());

        assertForgeryIsIgnored(cluster.broker(1));
    }

    @Test
    void f33_i11_s13_anAnswerOnTheConnectionOfTheNameServerIsIgnored() {
        assertForgeryIsIgnored(cluster.nameServer());
    }

    private void assertForgeryIsIgnored(ScriptedPeer forger) {
        cluster.route(TOPIC, cluster.defaultRoute());
        SendOptions toBrokerA = to("broker-a", 0);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            put.producer().send(message(), toBrokerA);
            put.producer().send(message(), to("broker-b", 0));
            broker.on(
                    SEND_MESSAGE_V2,
                    request -> Reply.sendOk(request, 999).times(3).onConnectionOf(forger));
            MQProducerException failure =
                    SendVia.SYNC.failure(put.producer(), message(), toBrokerA.withTimeout(Duration.ofMillis(300)));
            broker.on(
                    SEND_MESSAGE_V2,
                    request -> Reply.sendOk(request, 999)
                            .onConnectionOf(forger)
                            .then(stores.reply(request).after(Duration.ofMillis(50))));
            SendResult result = put.producer().send(message(), toBrokerA);

            assertThat(failure).isInstanceOf(MessageMaybeStoredException.class);
            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(result.queueOffset()).isLessThan(999);
            assertThat(forger.connections().accepted()).isEqualTo(1);
            forger.awaitOpenConnections(1, Duration.ofSeconds(1));
        }
    }

    @Test
    void f34_tenThousandAnswersInReverseOrderReachTheirOwnSends() {
        Hold held = broker.hold(SEND_MESSAGE_V2);

        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), settings -> settings.backpressureMaxInFlightMessages(10_000))) {
            List<CompletableFuture<SendResult>> sends = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                sends.add(put.producer().sendAsync(message("" + i), within(20_000)));
            }
            held.await(10_000, Duration.ofSeconds(10));
            held.releaseReversed();
            CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).join();

            Map<String, RecordedMessage> stored = cluster.messages(TOPIC).stream()
                    .collect(Collectors.toMap(RecordedMessage::text, Function.identity()));
            assertThat(stored).hasSize(10_000);
            for (int i = 0; i < 10_000; i++) {
                assertIsAnswerTo(sends.get(i).join(), stored.get("" + i));
            }
            assertThat(broker.requests(SEND_MESSAGE_V2)).hasSize(10_000);
        }
    }

    private static void assertIsAnswerTo(SendResult result, RecordedMessage stored) {
        assertThat(result.msgId()).isEqualTo(stored.uniqueKey());
        assertThat(result.queue().queueId()).isEqualTo(stored.queueId());
        assertThat(result.queueOffset()).isEqualTo(stored.queueOffset());
    }
}
