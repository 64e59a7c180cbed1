package io.mqproducer;

import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.assertEndedAtDeadline;
import static io.mqproducer.Probe.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.exception.ReplyTimeoutException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F83 and S16: replies that are early, late, twice, forged, or worse, and everything that may happen at the same time. */
class RequestReplyFaultsIT {

    private static final int HEART_BEAT = 34;
    private static final int UNREGISTER = 35;
    private static final int PUSH_REPLY = 326;
    private static final int SEND_REPLY = 325;
    private static final int ZLIB = 0x301;
    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer brokerA = cluster.broker(0);
    private final ScriptedPeer brokerB = cluster.broker(1);
    private ProducerUnderTest put;

    /** The topic is on one broker only; replies may come by way of both. */
    @BeforeEach
    void start() {
        cluster.route(TOPIC, RouteJson.of("broker-a", brokerA.address(), 1));
        put = ProducerUnderTest.start(cluster.nameServers());
    }

    @AfterEach
    void close() {
        put.close();
        cluster.close();
    }

    // ---- before the request

    @Test
    void worksOnTheFirstCallBecauseEveryBrokerOfTheClusterKnowsTheClientBefore() {
        Hold greeting = brokerB.hold(HEART_BEAT);
        CompletableFuture<MessageView> reply = request("first");
        greeting.await(1, Duration.ofSeconds(2));
        assertThat(brokerA.awaitRequests(HEART_BEAT, 1, Duration.ofSeconds(2))).hasSize(1);
        assertThat(cluster.messages(TOPIC)).isEmpty();

        greeting.end();
        RecordedMessage sent =
                cluster.awaitMessages(TOPIC, 1, Duration.ofSeconds(2)).get(0);

        push(brokerB, sent, "hello");
        assertThat(text(reply.join())).isEqualTo("hello");
        assertThat(sent.properties())
                .containsEntry("TTL", "10000")
                .hasEntrySatisfying("CORRELATION_ID", id -> assertThat(id).matches("[0-9a-f]{32}"))
                .hasEntrySatisfying(
                        "REPLY_TO_CLIENT",
                        id -> assertThat(brokerB.requests(HEART_BEAT)
                                        .get(0)
                                        .frame()
                                        .body())
                                .asString(StandardCharsets.UTF_8)
                                .contains("\"clientID\":\"" + id + "\""));
    }

    @Test
    void aBrokerThatCannotBeReachedIsWaitedForOnceAndNotLong() {
        brokerB.on(HEART_BEAT, Reply.never());
        long start = System.nanoTime();

        CompletableFuture<MessageView> first = request("first");
        push(brokerA, cluster.awaitMessages(TOPIC, 1, Duration.ofSeconds(3)).get(0), "one");
        first.join();
        assertThat(Probe.millisSince(start)).isBetween(900L, 2000L);

        start = System.nanoTime();
        CompletableFuture<MessageView> second = request("second");
        push(brokerA, cluster.awaitMessages(TOPIC, 2, Duration.ofSeconds(3)).get(1), "two");
        second.join();
        assertThat(Probe.millisSince(start)).isLessThan(500);
    }

    @Test
    void aBrokerThatHasComeBackIsToldBeforeTheNextRequest() {
        reply(request("first"), 1, brokerB);
        DefaultMQProducer producer = (DefaultMQProducer) put.producer();
        assertThat(producer.connections()).isEqualTo(3);
        Hold greeting = brokerB.hold(HEART_BEAT);
        brokerB.closeConnections();
        Eventually.await("the loss", LONG, () -> producer.connections() == 2);

        CompletableFuture<MessageView> second = request("second");
        greeting.await(1, Duration.ofSeconds(2));
        assertThat(cluster.messages(TOPIC)).hasSize(1);
        greeting.end();

        reply(second, 2, brokerB);
    }

    /** A reply may be on its way there. */
    @Test
    void aBrokerThatIsLostWhileARequestWaitsIsConnectedToAgain() {
        CompletableFuture<MessageView> reply = request("first");
        RecordedMessage sent = cluster.awaitMessages(TOPIC, 1, LONG).get(0);
        int before = brokerB.requests(HEART_BEAT).size();

        brokerB.closeConnections();
        brokerB.awaitRequests(HEART_BEAT, before + 1, Duration.ofSeconds(5));

        push(brokerB, sent, "found");
        assertThat(text(reply.join())).isEqualTo("found");
    }

    @Test
    void connectionsThatOnlyBringRepliesAreKeptWhenRoutesAreRefreshed() {
        put.close();
        put = ProducerUnderTest.start(
                cluster.nameServers(), b -> b.connectionRouteRefreshInterval(Duration.ofMillis(1000)));
        reply(request("first"), 1, brokerB);
        int lookUps = cluster.nameServer().requests(Probe.GET_ROUTE).size();
        cluster.nameServer().awaitRequests(Probe.GET_ROUTE, lookUps + 3, LONG);

        assertThat(brokerB.connections().open()).isEqualTo(1);
        reply(request("second"), 2, brokerB);
    }

    // ---- replies in all orders

    @Test
    void f83_aReplyThatIsFasterThanTheBrokersAnswerCounts() {
        Hold answers = brokerA.hold(SEND_MESSAGE_V2);
        CompletableFuture<MessageView> reply = request("first");
        Request sent = answers.await(1, Duration.ofSeconds(2)).get(0);

        Request acknowledged = pushed(brokerB, PropertiesOf.request(sent), "early", 0);

        assertThat(text(reply.join())).isEqualTo("early");
        assertThat(acknowledged.code()).isZero();
        assertThat(put.count(Outcome.ACKED)).isZero();
        answers.end();
        Eventually.await("the send's own outcome", LONG, () -> put.count(Outcome.ACKED) == 1);
    }

    @Test
    void f83_repliesThatNobodyWaitsForAreAcknowledgedAndDropped() {
        CompletableFuture<MessageView> reply = request("first");
        RecordedMessage sent = cluster.awaitMessages(TOPIC, 1, LONG).get(0);
        AtomicInteger completions = new AtomicInteger();
        reply.whenComplete((view, failure) -> completions.incrementAndGet());

        for (Map<String, String> properties : List.of(
                Map.of("CORRELATION_ID", "0123456789abcdef0123456789abcdef"),
                Map.of("xCORRELATION_ID", sent.property("CORRELATION_ID")),
                Map.of("a", "b"),
                Map.<String, String>of())) {
            assertThat(pushed(brokerB, properties, "none of yours", 0).code()).isZero();
        }
        assertThat(brokerB.push(PUSH_REPLY, Map.of(), new byte[0]).join().code())
                .isZero();
        assertThat(reply).isNotDone();

        push(brokerB, sent, "one");
        assertThat(push(brokerB, sent, "two").code()).isZero();
        assertThat(push(brokerA, sent, "three").code()).isZero();
        assertThat(text(reply.join())).isEqualTo("one");
        assertThat(completions).hasValue(1);
        assertThat(brokerB.connections().accepted()).isEqualTo(1);
    }

    @Test
    void f83_withoutReplyItEndsAtItsDeadlineAndSaysThatTheRequestWasStored() {
        request("warm").cancel(true);
        long start = System.nanoTime();

        assertThatThrownBy(() -> put.producer().request(message(), SendOptions.defaults(), Duration.ofMillis(400)))
                .isInstanceOf(ReplyTimeoutException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.REPLY_TIMEOUT)
                .hasMessageContaining("topic=T request msgId=")
                .hasMessageContaining("was stored in broker-a q0 at offset ")
                .hasMessageContaining("no reply came within 400 ms")
                .satisfies(e -> assertThat(((MQProducerException) e).msgId()).isPresent());

        assertEndedAtDeadline(start, 400);
        List<RecordedMessage> sent = cluster.messages(TOPIC);
        assertThat(push(brokerA, sent.get(sent.size() - 1), "late").code()).isZero();
    }

    /** A broker that has noticed late that an old connection was over has forgotten the new one as well. */
    @Test
    void f83_afterAMissedReplyBrokersAreToldGoodbyeAndHello() {
        assertThatThrownBy(() -> put.producer().request(message(), SendOptions.defaults(), Duration.ofMillis(200)))
                .isInstanceOf(ReplyTimeoutException.class);

        for (ScriptedPeer broker : List.of(brokerA, brokerB)) {
            Request goodbye =
                    broker.awaitRequests(UNREGISTER, 1, Duration.ofSeconds(2)).get(0);
            Request hello =
                    broker.awaitRequests(HEART_BEAT, 2, Duration.ofSeconds(2)).get(1);
            assertThat(hello.nanoTime()).isGreaterThan(goodbye.nanoTime());
            assertThat(hello.connection()).isEqualTo(goodbye.connection());
        }
    }

    @Test
    void f83_aWeakAcknowledgementWaitsForTheReplyLikeAnyOther() {
        brokerA.on(
                SEND_MESSAGE_V2,
                request -> Reply.sendOk(request, 3)
                        .frame(frame -> frame.withCode(10))
                        .reply(request));
        CompletableFuture<MessageView> reply = request("weak");
        Request sent = brokerA.awaitRequests(SEND_MESSAGE_V2, 1, LONG).get(0);
        Eventually.await("the outcome", LONG, () -> put.count(Outcome.WEAK) == 1);
        assertThat(reply).isNotDone();

        pushed(brokerB, PropertiesOf.request(sent), "still", 0);

        assertThat(text(reply.join())).isEqualTo("still");
    }

    @Test
    void f83_aRequestThatIsNotStoredFailsAsAnySendDoes() {
        brokerA.on(SEND_MESSAGE_V2, Reply.code(13, "too odd"));

        assertThatThrownBy(() -> put.producer().request(message(), SendOptions.defaults(), LONG))
                .isInstanceOf(MessageNotStoredException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.BROKER_REJECTED)
                .hasMessageContaining("too odd");
        assertThatThrownBy(() -> request("again").join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(MessageNotStoredException.class);
    }

    @Test
    void f83_aRequestThatIsNotAnsweredMayBeStored() {
        brokerA.on(SEND_MESSAGE_V2, Reply.never());
        long start = System.nanoTime();

        assertThatThrownBy(() -> put.producer()
                        .request(message(), SendOptions.defaults().withMaxRetries(0), Duration.ofMillis(500)))
                .isInstanceOf(MessageMaybeStoredException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.TIMEOUT);
        assertEndedAtDeadline(start, 500);
    }

    @Test
    void aShorterTimeoutOfTheOptionsLimitsTheSendAlone() {
        Hold answers = brokerA.hold(SEND_MESSAGE_V2);
        SendOptions options =
                SendOptions.defaults().withTimeout(Duration.ofMillis(300)).withMaxRetries(0);
        long start = System.nanoTime();
        assertThatThrownBy(() -> put.producer().request(message(), options, LONG))
                .isInstanceOf(MessageMaybeStoredException.class);
        assertEndedAtDeadline(start, 300);
        answers.end();

        CompletableFuture<MessageView> reply = put.producer().requestAsync(message("patient"), options, LONG);
        RecordedMessage sent = cluster.awaitMessages(TOPIC, 2, LONG).get(1);
        Eventually.await("more than the options' time", LONG, () -> Probe.millisSince(start) > 1000);
        push(brokerB, sent, "in time");
        assertThat(text(reply.join())).isEqualTo("in time");
    }

    // ---- forged, broken, bombs

    @Test
    void s16_aReplyByWayOfABrokerOfAnotherClusterIsForged() {
        try (ScriptedPeer stranger = ScriptedPeer.start()) {
            cluster.route("other", RouteJson.of("broker-x", stranger.address(), 1));
            stranger.on(SEND_MESSAGE_V2, request -> Reply.sendOk(request, 1).reply(request));
            put.producer().send(Message.of("other", new byte[] {1}));
            CompletableFuture<MessageView> reply = request("first");
            RecordedMessage sent = cluster.awaitMessages(TOPIC, 1, LONG).get(0);

            assertThat(push(stranger, sent, "forged").code()).isZero();
            assertThat(reply).isNotDone();

            push(brokerB, sent, "true");
            assertThat(text(reply.join())).isEqualTo("true");
        }
    }

    @Test
    void s16_f83_aReplyThatIsABombIsRefused() throws IOException {
        byte[] bomb = zlib(new byte[64 * 1024 * 1024]);
        CompletableFuture<MessageView> reply = request("first");
        RecordedMessage sent = cluster.awaitMessages(TOPIC, 1, LONG).get(0);

        brokerB.push(PUSH_REPLY, replyFields(sent.properties(), ZLIB), bomb).join();

        assertThatThrownBy(reply::join)
                .cause()
                .isInstanceOf(ReplyTimeoutException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.PROTOCOL)
                .hasMessageContaining("was stored in broker-a")
                .hasMessageContaining("its reply cannot be used")
                .hasMessageContaining("becomes larger than 16777216 bytes");
        reply(request("second"), 2, brokerB);
    }

    @Test
    void s16_aReplyMayBeCompressedWithinTheBudget() throws IOException {
        byte[] body = new byte[10 * 1024 * 1024];
        CompletableFuture<MessageView> reply = request("first");
        RecordedMessage sent = cluster.awaitMessages(TOPIC, 1, LONG).get(0);

        brokerB.push(PUSH_REPLY, replyFields(sent.properties(), ZLIB), zlib(body))
                .join();

        assertThat(reply.join().body()).isEqualTo(body);
    }

    @Test
    void aReplyMayBeAsLargeAsAMessage() {
        byte[] body = new byte[4 * 1024 * 1024];
        new Random(1).nextBytes(body);
        CompletableFuture<MessageView> reply = request("first");
        RecordedMessage sent = cluster.awaitMessages(TOPIC, 1, LONG).get(0);

        brokerB.push(PUSH_REPLY, replyFields(sent.properties(), 0), body).join();

        assertThat(reply.join().body()).isEqualTo(body);
    }

    @Test
    void s16_brokenRepliesEndTheirRequestsAndNothingElse() {
        Random random = new Random(20261120);
        List<String> names = List.of("topic", "sysFlag", "flag", "bornTimestamp", "storeTimestamp", "bornHost");
        for (int i = 0; i < 100; i++) {
            CompletableFuture<MessageView> reply = request("number " + i);
            RecordedMessage sent = cluster.awaitMessages(TOPIC, i + 1, LONG).get(i);
            Map<String, String> fields = replyFields(sent.properties(), 0);
            String broken = names.get(random.nextInt(names.size()));
            if (random.nextBoolean()) {
                fields.remove(broken);
            } else {
                fields.put(
                        broken,
                        List.of("", "x", "999999999999999999999", "\u0000\n").get(random.nextInt(4)));
            }
            assertThat(brokerB.push(PUSH_REPLY, fields, new byte[] {1}).join().code())
                    .isZero();
            try {
                reply.join();
            } catch (CompletionException e) {
                assertThat(e.getCause())
                        .isInstanceOf(ReplyTimeoutException.class)
                        .hasFieldOrPropertyWithValue("kind", FailureKind.PROTOCOL);
            }
        }
        assertThat(brokerB.connections().accepted()).isEqualTo(1);
    }

    // ---- the caller gives up

    @Test
    void cancelledBeforeItIsWrittenTheRequestNeverIs() {
        Hold greeting = brokerB.hold(HEART_BEAT);
        CompletableFuture<MessageView> reply = request("first");
        greeting.await(1, LONG);

        assertThat(reply.cancel(true)).isTrue();
        greeting.end();

        assertThatThrownBy(reply::join).isInstanceOf(CancellationException.class);
        reply(request("second"), 1, brokerB);
        assertThat(cluster.messages(TOPIC)).extracting(RecordedMessage::text).containsExactly("second");
    }

    @Test
    void cancelledLaterItOnlyEndsTheWaiting() {
        CompletableFuture<MessageView> reply = request("first");
        RecordedMessage sent = cluster.awaitMessages(TOPIC, 1, LONG).get(0);

        reply.cancel(true);

        assertThat(push(brokerB, sent, "too late").code()).isZero();
        assertThatThrownBy(reply::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void anInterruptEndsTheWaitAndSaysWhatIsKnown() {
        reply(request("warm"), 1, brokerB);
        Thread waiting = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            cluster.awaitMessages(TOPIC, 2, LONG);
            Eventually.await("the answer", LONG, () -> put.count(Outcome.ACKED) == 2);
            waiting.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() -> put.producer().request(message("second"), SendOptions.defaults(), LONG))
                .isInstanceOf(ReplyTimeoutException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.INTERRUPTED)
                .hasMessageContaining("was stored");
        assertThat(Thread.interrupted()).isTrue();

        Hold answers = brokerA.hold(SEND_MESSAGE_V2);
        Thread again = new Thread(() -> {
            answers.await(1, LONG);
            waiting.interrupt();
        });
        again.start();
        assertThatThrownBy(() -> put.producer().request(message("third"), SendOptions.defaults(), LONG))
                .isInstanceOf(MessageMaybeStoredException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        answers.end();
    }

    // ---- the end

    @Test
    void stoppingWaitsForTheReply() {
        CompletableFuture<MessageView> reply = request("first");
        RecordedMessage sent = cluster.awaitMessages(TOPIC, 1, LONG).get(0);
        CompletableFuture<Void> stopped =
                CompletableFuture.runAsync(() -> put.producer().stop(LONG));
        Eventually.await("stopping", LONG, () -> put.producer().status().state() == ProducerStatus.State.STOPPING);

        push(brokerB, sent, "just in time");

        stopped.join();
        assertThat(text(reply.join())).isEqualTo("just in time");
    }

    @Test
    void f83_aClosedProducerSaysThatTheRequestWasStored() {
        CompletableFuture<MessageView> reply = request("first");
        cluster.awaitMessages(TOPIC, 1, LONG);
        Eventually.await("the answer", LONG, () -> put.count(Outcome.ACKED) == 1);

        put.producer().stop(Duration.ofMillis(50));

        assertThatThrownBy(reply::join)
                .cause()
                .isInstanceOf(ReplyTimeoutException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.CLOSED)
                .hasMessageContaining("was stored in broker-a");
        assertThatThrownBy(() -> put.producer().request(message(), SendOptions.defaults(), LONG))
                .isInstanceOf(MessageNotStoredException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.CLOSED);
        assertThatThrownBy(() -> request("x").join()).hasCauseInstanceOf(MessageNotStoredException.class);
    }

    @Test
    void f83_whateverComesAtTheSameTimeEachRequestEndsOnce() {
        brokerA.on(SEND_MESSAGE_V2, request -> {
            brokerB.push(PUSH_REPLY, replyFields(PropertiesOf.request(request), 0), new byte[] {7});
            return Reply.sendOk(request, 1).reply(request);
        });
        request("warm").join();
        List<CompletableFuture<MessageView>> replies = new ArrayList<>();
        AtomicInteger completions = new AtomicInteger();
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            Duration timeout = Duration.ofMillis(1L << random.nextInt(11)); // near the answer, on any machine
            CompletableFuture<MessageView> reply =
                    put.producer().requestAsync(message("n" + i), SendOptions.defaults(), timeout);
            reply.whenComplete((view, failure) -> completions.incrementAndGet());
            if (i % 5 == 0) {
                reply.cancel(true);
            }
            replies.add(reply);
        }
        int answered = 0;
        for (CompletableFuture<MessageView> reply : replies) {
            try {
                assertThat(reply.join().body()).containsExactly(7);
                answered++;
            } catch (CancellationException e) {
                // wanted
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(MQProducerException.class);
            }
        }
        assertThat(completions).hasValue(2000);
        assertThat(answered).isPositive();
    }

    // ---- where things run

    @Test
    void futuresCompleteOnTheCallbackExecutor() {
        AtomicReference<String> thread = new AtomicReference<>();
        CompletableFuture<MessageView> reply = request("first");
        CompletableFuture<Void> seen =
                reply.thenAccept(view -> thread.set(Thread.currentThread().getName()));
        push(brokerB, cluster.awaitMessages(TOPIC, 1, LONG).get(0), "hello");

        seen.join();

        assertThat(thread.get()).contains("-callback-");
    }

    @Test
    void aCallbackThatHoldsUpAllOthersCanStillMakeARequest() {
        put.close();
        ExecutorService single = Executors.newSingleThreadExecutor();
        put = ProducerUnderTest.start(cluster.nameServers(), b -> b.callbackExecutor(single));
        try {
            brokerA.on(SEND_MESSAGE_V2, request -> {
                brokerB.push(PUSH_REPLY, replyFields(PropertiesOf.request(request), 0), new byte[] {7});
                return Reply.sendOk(request, 1).reply(request);
            });
            cluster.route("other", RouteJson.of("broker-b", brokerB.address(), 1));
            CompletableFuture<MessageView> reply = put.producer()
                    .sendAsync(Message.of("other", new byte[] {1}))
                    .thenApply(sent -> put.producer().request(message(), SendOptions.defaults(), LONG));

            assertThat(reply).succeedsWithin(Duration.ofSeconds(5));
        } finally {
            put.close();
            put = ProducerUnderTest.start(cluster.nameServers());
            single.shutdown();
        }
    }

    // ---- replies of ours

    @Test
    void aReplyBearsWhatTheRequesterAndItsBrokersNeed() {
        brokerA.on(SEND_REPLY, Reply.sendOk(0, 0).field("msgId", "0"));
        brokerB.on(SEND_REPLY, Reply.sendOk(0, 0).field("msgId", "0"));
        MessageView request = MessageView.builder(TOPIC, new byte[] {1})
                .properties(Map.of(
                        "CLUSTER", "FakeCluster", "CORRELATION_ID", "c-1", "REPLY_TO_CLIENT", "me@1", "TTL", "3000"))
                .build();

        put.producer().reply(request, "pong".getBytes(StandardCharsets.UTF_8));

        List<Request> replies = new ArrayList<>(brokerA.requests(SEND_REPLY));
        replies.addAll(brokerB.requests(SEND_REPLY));
        assertThat(replies).singleElement().satisfies(reply -> {
            assertThat(reply.field("b")).isEqualTo("FakeCluster_REPLY_TOPIC");
            assertThat(reply.frame().body()).asString(StandardCharsets.UTF_8).isEqualTo("pong");
            assertThat(PropertiesOf.request(reply))
                    .containsEntry("MSG_TYPE", "reply")
                    .containsEntry("CORRELATION_ID", "c-1")
                    .containsEntry("REPLY_TO_CLIENT", "me@1")
                    .containsEntry("TTL", "3000");
        });
    }

    @Test
    void aMessageThatIsNoRequestIsNotRepliedTo() {
        Map<String, String> whole = Map.of("CLUSTER", "C", "CORRELATION_ID", "c", "REPLY_TO_CLIENT", "m", "TTL", "1");
        for (String missing : whole.keySet()) {
            Map<String, String> properties = new LinkedHashMap<>(whole);
            properties.remove(missing);
            MessageView request = MessageView.builder(TOPIC, new byte[] {1})
                    .properties(properties)
                    .msgId("ID")
                    .build();

            assertThatThrownBy(() -> put.producer().reply(request, new byte[] {1}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("message ID of topic T is no request that can be replied to: it has no property "
                            + missing);
        }
        assertThat(brokerA.requests(SEND_REPLY)).isEmpty();
    }

    @Test
    void aReplyThatTheRequesterIsGoneForSaysSo() {
        Reply gone = Reply.code(1, "push reply message fail, channel of <me@1> not found.");
        brokerA.on(SEND_REPLY, gone);
        brokerB.on(SEND_REPLY, gone);
        MessageView request = MessageView.builder(TOPIC, new byte[] {1})
                .properties(Map.of(
                        "CLUSTER", "FakeCluster", "CORRELATION_ID", "c-1", "REPLY_TO_CLIENT", "me@1", "TTL", "3000"))
                .build();

        assertThatThrownBy(() -> put.producer().reply(request, new byte[] {1}))
                .isInstanceOf(MessageMaybeStoredException.class)
                .hasMessageContaining("channel of <me@1> not found");
    }

    // ---- tools

    private CompletableFuture<MessageView> request(String text) {
        return put.producer().requestAsync(message(text), SendOptions.defaults(), LONG);
    }

    /** Replies to the request of this number, counted from 1, and waits for it to have arrived. */
    private void reply(CompletableFuture<MessageView> reply, int number, ScriptedPeer by) {
        push(by, cluster.awaitMessages(TOPIC, number, LONG).get(number - 1), "reply " + number);
        assertThat(text(reply.join())).isEqualTo("reply " + number);
    }

    private static Request push(ScriptedPeer broker, RecordedMessage to, String text) {
        return pushed(broker, to.properties(), text, 0);
    }

    private static Request pushed(ScriptedPeer broker, Map<String, String> properties, String text, int sysFlag) {
        return broker.push(PUSH_REPLY, replyFields(properties, sysFlag), text.getBytes(StandardCharsets.UTF_8))
                .join();
    }

    private static Map<String, String> replyFields(Map<String, String> request, int sysFlag) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("producerGroup", "REPLIER");
        fields.put("topic", "FakeCluster_REPLY_TOPIC");
        fields.put("queueId", "0");
        fields.put("sysFlag", Integer.toString(sysFlag));
        fields.put("bornTimestamp", "1700000000000");
        fields.put("flag", "0");
        StringBuilder properties = new StringBuilder("MSG_TYPE\u0001reply\u0002");
        request.forEach((name, value) ->
                properties.append(name).append('\u0001').append(value).append('\u0002'));
        fields.put("properties", properties.toString());
        fields.put("bornHost", "10.0.0.7:50123");
        fields.put("storeHost", "10.0.0.1:10911");
        fields.put("storeTimestamp", "1700000000123");
        return fields;
    }

    private static byte[] zlib(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    private static String text(MessageView view) {
        return new String(view.body(), StandardCharsets.UTF_8);
    }

    /** What a send request says of its message's properties. */
    private static final class PropertiesOf {

        static Map<String, String> request(Request sent) {
            Map<String, String> properties = new LinkedHashMap<>();
            for (String each : sent.field("i", "properties").split("\u0002", -1)) {
                int end = each.indexOf('\u0001');
                if (end > 0) {
                    properties.put(each.substring(0, end), each.substring(end + 1));
                }
            }
            return properties;
        }
    }
}
