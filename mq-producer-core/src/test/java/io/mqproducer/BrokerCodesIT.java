package io.mqproducer;

import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** F44: what each answer code of a broker means, with one broker and with two, sync and async. */
class BrokerCodesIT {

    private static final int SYSTEM_BUSY = 2;

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer brokerA = cluster.broker(0);
    private final ScriptedPeer brokerB = cluster.broker(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    private void onlyBrokerA() {
        cluster.route(TOPIC, RouteJson.of("broker-a", brokerA.address(), 4));
    }

    /** Columns: code, its name in texts, remark, what is certain, how many requests the only broker sees. */
    @ParameterizedTest
    @CsvSource({
        "1, SYSTEM_ERROR, disk, maybe, 3",
        "1, SYSTEM_ERROR, the in-sync replicas not enough, not, 3",
        "1, SYSTEM_ERROR, create mapped file failed, not, 3",
        "1, SYSTEM_ERROR, broker unable to service, not, 3",
        "1, SYSTEM_ERROR, timer message is not enabled, not, 3",
        "2, SYSTEM_BUSY, [REJECTREQUEST]system busy, not, 3",
        "2, SYSTEM_BUSY, [OVERLOAD]system busy, not, 3",
        "2, SYSTEM_BUSY, [TIMEOUT_CLEAN_QUEUE]broker busy, not, 3",
        "2, SYSTEM_BUSY, [PCBUSY_CLEAN_QUEUE]broker busy, not, 3",
        "2, SYSTEM_BUSY, [PC_SYNCHRONIZED]broker busy, not, 3",
        "3, REQUEST_CODE_NOT_SUPPORTED, what, not, 1",
        "13, MESSAGE_ILLEGAL, too long, not, 1",
        "14, SERVICE_NOT_AVAILABLE, disk full, not, 3",
        "16, NO_PERMISSION, check credentials, not, 1",
        "17, TOPIC_NOT_EXIST, no topic, not, 2",
        "26, SUBSCRIPTION_GROUP_NOT_EXIST, no group, not, 1",
        "29, INVALID_PARAMETER, no idea, not, 1",
        "29, INVALID_PARAMETER, request queueId[9] is illegal, not, 2",
        "204, NO_BUYER_ID, no, not, 3",
        "205, NOT_IN_CURRENT_UNIT, no, not, 3",
        "208, NO_MESSAGE, no, not, 1",
        "215, FLOW_CONTROL, slow down, not, 3",
        "501, NOT_LEADER_FOR_QUEUE, ask another, not, 2",
        "604, ILLEGAL_OPERATION, no, not, 1",
        "2017, LMQ_QUOTA_EXCEEDED, full, not, 1",
        "9999, unknown, what, maybe, 1",
        "-1, unknown, what, maybe, 1",
        "32768, unknown, what, maybe, 1"
    })
    void f44_aCodeDecidesWhatIsCertainAndHowOftenTheOnlyBrokerIsAsked(
            int code, String name, String remark, String certainty, int requests) {
        onlyBrokerA();
        brokerA.on(SEND_MESSAGE_V2, Reply.code(code, remark));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (SendVia via : SendVia.values()) {
                int before = brokerA.requests(SEND_MESSAGE_V2).size();
                MQProducerException failure = via.failure(put.producer(), message(), within(2000));

                assertThat(failure)
                        .isInstanceOf(
                                certainty.equals("maybe")
                                        ? MessageMaybeStoredException.class
                                        : MessageNotStoredException.class)
                        .hasMessageContaining("broker-a@" + brokerA.address() + " answered CODE " + code + " " + name
                                + ": " + remark);
                assertThat(failure.kind()).isEqualTo(FailureKind.BROKER_REJECTED);
                assertThat(failure.responseCode()).hasValue(code);
                assertThat(failure.attempts())
                        .hasSize(requests)
                        .allSatisfy(
                                attempt -> assertThat(attempt.responseCode()).hasValue(code));
                assertThat(brokerA.requests(SEND_MESSAGE_V2)).hasSize(before + requests);
            }
        }
    }

    /** Whichever broker is asked first answers with the code, the other stores. */
    @ParameterizedTest
    @CsvSource({
        "1, disk, true",
        "1, in-sync replicas not enough, false",
        "2, busy, false",
        "14, no, false",
        "16, no, false",
        "204, no, false",
        "205, no, false",
        "215, slow down, false"
    })
    void f44_anotherBrokerIsUsedWhenThereIsOne(int code, String remark, boolean mayBeDuplicate) {
        AtomicInteger first = firstAnswers(Reply.code(code, remark));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (SendVia via : SendVia.values()) {
                first.set(0);
                SendResult result = via.send(put.producer(), message(), within(2000));

                assertThat(result.attempts()).isEqualTo(2);
                assertThat(result.mayBeDuplicate()).isEqualTo(mayBeDuplicate);
                assertThat(cluster.messages(TOPIC))
                        .last()
                        .satisfies(stored -> assertThat(stored.request().port()).isNotEqualTo(first.get()));
            }
            assertThat(allRequests()).hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, no",
        "13, no",
        "26, no",
        "29, no",
        "208, no",
        "604, no",
        "2017, no",
        "9999, what",
        "-1, what",
        "32768, what"
    })
    void f44_anotherBrokerIsNotAskedWhenItCouldSayNothingElse(int code, String remark) {
        AtomicInteger first = firstAnswers(Reply.code(code, remark));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (SendVia via : SendVia.values()) {
                first.set(0);
                MQProducerException failure = via.failure(put.producer(), message(), within(2000));

                assertThat(failure.responseCode()).hasValue(code);
                assertThat(failure.attempts()).hasSize(1);
            }
            assertThat(allRequests()).hasSize(2);
        }
    }

    /** Codes that say the route is old: asked again, once, by a newer one. */
    @ParameterizedTest
    @CsvSource({"17, no topic", "29, request queueId[9] is illegal", "501, ask another"})
    void f44_aNewerRouteIsUsedOnce(int code, String remark) {
        onlyBrokerA();
        brokerA.on(SEND_MESSAGE_V2, request -> {
            cluster.route(TOPIC, RouteJson.of("broker-b", brokerB.address(), 1));
            return Reply.code(code, remark);
        });

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (SendVia via : SendVia.values()) {
                SendResult result = via.send(put.producer(), message(), within(2000));

                assertThat(result.queue().brokerName()).isEqualTo("broker-b");
                assertThat(result.mayBeDuplicate()).isFalse();
            }
            assertThat(brokerA.requests(SEND_MESSAGE_V2)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void f44_aBusyBrokerIsLeftAloneForAMomentEachTime(SendVia via) {
        onlyBrokerA();
        Script stores = brokerA.script(SEND_MESSAGE_V2);
        Reply busy = Reply.code(SYSTEM_BUSY, "[TIMEOUT_CLEAN_QUEUE]broker busy");
        brokerA.on(SEND_MESSAGE_V2, Script.sequence(busy, busy, stores));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            SendResult result = via.send(put.producer(), message(), within(3000));

            List<Request> sent = brokerA.requests(SEND_MESSAGE_V2);
            assertThat(result.attempts()).isEqualTo(3);
            assertThat(result.mayBeDuplicate()).isFalse();
            assertThat(sent).hasSize(3);
            for (int i = 1; i < sent.size(); i++) {
                long pause = sent.get(i).nanoTime() - sent.get(i - 1).nanoTime();
                assertThat(TimeUnit.NANOSECONDS.toMillis(pause)).isGreaterThanOrEqualTo(50);
            }
        }
    }

    @Test
    void f44_theCodesToRetryAfterAreConfigurable() {
        onlyBrokerA();
        Script busyThenIllegal = Script.sequence(Reply.code(SYSTEM_BUSY), Reply.code(13));
        brokerA.on(SEND_MESSAGE_V2, busyThenIllegal);

        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), settings -> settings.retryResponseCodes(Set.of(13)))) {
            MQProducerException busy = SendVia.SYNC.failure(put.producer(), message(), within(2000));
            MQProducerException illegal = SendVia.SYNC.failure(put.producer(), message(), within(2000));

            assertThat(busy.attempts()).hasSize(1);
            assertThat(illegal.attempts()).hasSize(3);
            assertThat(brokerA.requests(SEND_MESSAGE_V2)).hasSize(4);
        }
    }

    private List<Request> allRequests() {
        return Stream.concat(brokerA.requests(SEND_MESSAGE_V2).stream(), brokerB.requests(SEND_MESSAGE_V2).stream())
                .toList();
    }

    /** The broker that is asked first after the port is set to 0 gives this answer, and the port is its own. */
    private AtomicInteger firstAnswers(Reply answer) {
        AtomicInteger first = new AtomicInteger();
        for (ScriptedPeer broker : List.of(brokerA, brokerB)) {
            Script stores = broker.script(SEND_MESSAGE_V2);
            broker.on(
                    SEND_MESSAGE_V2,
                    request -> first.compareAndSet(0, request.port()) || first.get() == request.port()
                            ? answer
                            : stores.reply(request));
        }
        return first;
    }
}
