package io.mqproducer;

import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F44.4: the message is stored, but less durably than the broker is configured for. */
class WeakAcknowledgementsIT {

    private final FakeCluster cluster = FakeCluster.start(2);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"10, FLUSH_DISK_TIMEOUT", "11, SLAVE_NOT_AVAILABLE", "12, FLUSH_SLAVE_TIMEOUT"})
    void f44_aWeakAcknowledgementIsAResultWithItsStatusAndIsNotRepeated(int code, SendStatus status) {
        storeWeakly(code, 2);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (SendVia via : SendVia.values()) {
                SendResult result = via.send(put.producer(), message(), within(2000));

                assertThat(result.status()).isEqualTo(status);
                assertThat(result.attempts()).isEqualTo(1);
                assertThat(result.mayBeDuplicate()).isFalse();
                assertThat(cluster.messages(TOPIC))
                        .last()
                        .satisfies(stored -> assertThat(result.queueOffset()).isEqualTo(stored.queueOffset()));
            }
            assertThat(cluster.messages(TOPIC)).hasSize(2);
            assertThat(put.count(Outcome.WEAK)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"10", "11", "12"})
    void f44_aWeakAcknowledgementIsRepeatedOnAnotherBrokerIfWanted(int code) {
        storeWeakly(code, 1);

        try (ProducerUnderTest put = repeating()) {
            SendResult result = put.producer().send(message(), within(2000));

            assertThat(result.status()).isEqualTo(SendStatus.SEND_OK);
            assertThat(result.attempts()).isEqualTo(2);
            assertThat(result.mayBeDuplicate()).isTrue();
            assertThat(cluster.messages(TOPIC))
                    .hasSize(2)
                    .allSatisfy(stored -> assertThat(stored.uniqueKey()).isEqualTo(result.msgId()))
                    .extracting(RecordedMessage::brokerName)
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @CsvSource({"10, FLUSH_DISK_TIMEOUT", "11, SLAVE_NOT_AVAILABLE", "12, FLUSH_SLAVE_TIMEOUT"})
    void f44_aWeakAcknowledgementIsTheResultWhenNoBrokerDoesBetter(int code, SendStatus status) {
        storeWeakly(code, Integer.MAX_VALUE);

        try (ProducerUnderTest put = repeating()) {
            SendResult result = put.producer().send(message(), within(2000));

            assertThat(result.status()).isEqualTo(status);
            assertThat(cluster.messages(TOPIC)).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"10, FLUSH_DISK_TIMEOUT", "12, FLUSH_SLAVE_TIMEOUT"})
    void f44_aWeakAcknowledgementIsTheResultWhenTheOtherBrokerRefuses(int code, SendStatus status) {
        Reply refusal = Reply.code(13, "no");
        AtomicInteger first = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            ScriptedPeer broker = cluster.broker(i);
            Script stores = broker.script(SEND_MESSAGE_V2);
            broker.on(
                    SEND_MESSAGE_V2,
                    request -> first.compareAndSet(0, request.port())
                            ? stores.reply(request).frame(answer -> answer.withCode(code))
                            : refusal);
        }

        try (ProducerUnderTest put = repeating()) {
            SendResult result = put.producer().send(message(), within(2000));

            assertThat(result.status()).isEqualTo(status);
            assertThat(cluster.messages(TOPIC))
                    .singleElement()
                    .satisfies(stored -> assertThat(stored.brokerName())
                            .isEqualTo(result.queue().brokerName()));
        }
    }

    @ParameterizedTest
    @CsvSource({"10", "11", "12"})
    void f44_aWeakAcknowledgementIsNotRepeatedOnTheSameBroker(int code) {
        cluster.route(TOPIC, RouteJson.of("broker-a", cluster.broker(0).address(), 4));
        storeWeakly(code, 1);

        try (ProducerUnderTest put = repeating()) {
            SendResult result = put.producer().send(message(), within(2000));

            assertThat(result.status()).isNotEqualTo(SendStatus.SEND_OK);
            assertThat(cluster.messages(TOPIC)).hasSize(1);
        }
    }

    private ProducerUnderTest repeating() {
        return ProducerUnderTest.start(cluster.nameServers(), settings -> settings.retryOnStoreFailure(true));
    }

    /** All brokers store every message; so many times, whoever it is says that it was weakly. */
    private void storeWeakly(int code, int times) {
        AtomicInteger left = new AtomicInteger(times);
        for (int i = 0; i < 2; i++) {
            Script stores = cluster.broker(i).script(SEND_MESSAGE_V2);
            cluster.broker(i).on(SEND_MESSAGE_V2, request -> {
                Reply stored = stores.reply(request);
                return left.getAndDecrement() > 0 ? stored.frame(answer -> answer.withCode(code)) : stored;
            });
        }
    }
}
