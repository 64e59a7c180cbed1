package io.mqproducer;

import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F43: what a broker asks of a producer. */
class BrokerRequestsIT {

    private static final int ONEWAY = 2;
    private static final int REQUEST_CODE_NOT_SUPPORTED = 3;
    private static final int CHECK_TRANSACTION_STATE = 39;

    private final FakeCluster cluster = FakeCluster.start(1);
    private final ScriptedPeer broker = cluster.broker(0);
    private ProducerUnderTest put;

    @BeforeEach
    void connect() {
        cluster.route(TOPIC, RouteJson.of("broker-a", broker.address(), 1));
        put = ProducerUnderTest.start(cluster.nameServers());
        put.producer().send(message(), within(2000));
    }

    /** Whatever was asked, the connection must have outlived it. */
    @AfterEach
    void sendOnTheSameConnection() {
        try (cluster;
                ProducerUnderTest closing = put) {
            closing.producer().send(message(), within(2000));

            assertThat(broker.connections().accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9999, -1, 307, 10})
    void f43_aRequestOfAnUnknownCodeIsAnsweredNotSupported(int code) {
        assertThat(broker.push(code, Map.of(), new byte[0]))
                .succeedsWithin(Duration.ofSeconds(1))
                .satisfies(answer -> assertThat(answer.code()).isEqualTo(REQUEST_CODE_NOT_SUPPORTED))
                .satisfies(answer -> assertThat(answer.body()).isEmpty())
                .satisfies(answer -> assertThat(answer.remark()).hasSizeLessThan(200));
    }

    @ParameterizedTest
    @ValueSource(ints = {9999, 40, 39, 326})
    void f43_aOnewayRequestIsNotAnswered(int code) {
        broker.push(Frame.request(code, 4711).withFlag(ONEWAY));
        Request marker = broker.push(9999, Map.of(), new byte[0])
                .orTimeout(1, TimeUnit.SECONDS)
                .join();

        assertThat(broker.answers())
                .extracting(Request::opaque)
                .containsExactly(marker.opaque())
                .doesNotContain(4711);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "garbage", "\u0000\u0000\u0000\u0001"})
    void f43_aTransactionCheckOfGarbageIsDropped(String body) {
        Frame check = Frame.request(CHECK_TRANSACTION_STATE, 4711).withFlag(ONEWAY);

        broker.push(check.withBody(body.getBytes(UTF_8)));
        broker.push(check.withField("tranStateTableOffset", "x")
                .withField("commitLogOffset", "")
                .withBody(body));
    }

    @Test
    void f43_anAnswerThatIsFlaggedAsARequestAnswersNothing() {
        Script stores = broker.script(SEND_MESSAGE_V2);
        broker.on(SEND_MESSAGE_V2, request -> stores.reply(request).asRequest());
        MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(300));
        broker.on(SEND_MESSAGE_V2, stores);

        assertThat(failure).isInstanceOf(MessageMaybeStoredException.class);
        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    }
}
