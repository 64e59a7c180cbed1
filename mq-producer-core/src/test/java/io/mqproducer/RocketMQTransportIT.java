package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.SocksProxy;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.EmbeddedBroker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.proxy.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ways to a real broker: its VIP port, a proxy, an address of another name, a zone. */
@Tag("rocketmq")
class RocketMQTransportIT {

    private static final byte[] BODY = "hello".getBytes(UTF_8);

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    private static ProducerUnderTest start(Consumer<MQProducerBuilder> settings) {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses(), settings);
    }

    private static EmbeddedBroker broker() {
        return rocketMQ.cluster().brokers().get(0);
    }

    @Test
    void s4_sendsToTheVipPort() throws Exception {
        List<String> addresses;
        String stored;
        try (ProducerUnderTest put = start(settings -> settings.vipChannelEnabled(true))) {
            stored = put.producer().send(Message.of("transport-vip", BODY)).msgId();
            put.producer().sendAsync(Message.of("transport-vip", BODY)).get(5, TimeUnit.SECONDS);
            put.producer().sendOneway(Message.of("transport-vip", BODY));
            addresses = put.producer().status().brokers().stream()
                    .filter(ProducerStatus.Broker::connected)
                    .map(ProducerStatus.Broker::address)
                    .toList();
        }

        assertThat(addresses).containsExactly("127.0.0.1:" + (broker().port() - 2));
        assertThat(rocketMQ.cluster().messages("transport-vip"))
                .hasSize(3)
                .extracting(StoredMessage::msgId)
                .contains(stored);
    }

    @Test
    void s4_transactionsTheirChecksRecallsAndQuestionsGoToTheVipPortToo() {
        AtomicInteger checks = new AtomicInteger();
        TransactionChecker checker = TransactionChecker.of("transport-vip-half", message -> {
            checks.incrementAndGet();
            return TransactionState.COMMIT;
        });
        try (ProducerUnderTest put =
                start(settings -> settings.vipChannelEnabled(true).transactionChecker(checker))) {
            Message message = Message.of("transport-vip-half", BODY);
            assertThat(put.producer()
                            .sendInTransaction(message, half -> TransactionState.COMMIT)
                            .confirmed())
                    .isTrue();
            put.producer().sendInTransaction(message, half -> TransactionState.UNKNOWN);
            Eventually.await(
                    "both are there",
                    Duration.ofSeconds(20),
                    () -> rocketMQ.cluster().summaries("transport-vip-half").size() == 2);
            assertThat(checks).hasPositiveValue();

            SendResult delayed = put.producer()
                    .send(Message.builder("transport-vip-delayed")
                            .delivery(DeliveryTime.after(Duration.ofMinutes(1)))
                            .body(BODY)
                            .build());
            assertThat(put.producer()
                            .recall(
                                    "transport-vip-delayed",
                                    delayed.recallHandle().orElseThrow()))
                    .isEqualTo(delayed.msgId());
            MessageQueue queue =
                    put.producer().publishQueues("transport-vip-half").get(0);
            assertThat(put.producer().admin().maxOffset(queue)).isNotNegative();
            assertThat(put.producer().status().brokers())
                    .allMatch(each -> each.address().equals("127.0.0.1:" + (broker().port() - 2)));
        }
    }

    @Test
    void s7_sendsThroughASocksProxy() {
        SendResult result;
        try (Socks5Server proxy = Socks5Server.start("mq", "secret")) {
            try (ProducerUnderTest put = start(settings ->
                    settings.connectionProxy(Map.of("127.0.0.0/8", SocksProxy.of(proxy.address(), "mq", "secret"))))) {
                result = put.producer().send(Message.of("transport-socks", BODY));
            }
            assertThat(proxy.asked()).contains("ip " + rocketMQ.nameServerAddresses(), "ip " + broker().address());
        }

        assertThat(rocketMQ.cluster().messages("transport-socks"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.msgId()).isEqualTo(result.msgId()));
    }

    @Test
    void sendsToABrokerBehindAnotherAddress() {
        SendResult result;
        try (TcpProxy nat = TcpProxy.start(broker().port())) {
            try (ProducerUnderTest put = start(
                    settings -> settings.connectionBrokerAddressMapping(Map.of(broker().address(), nat.address())))) {
                result = put.producer().send(Message.of("transport-nat", BODY));

                assertThat(put.producer().status().brokers())
                        .extracting(ProducerStatus.Broker::address)
                        .containsExactly(nat.address());
            }
            assertThat(nat.acceptedConnections()).isEqualTo(1);
        }

        assertThat(rocketMQ.cluster().messages("transport-nat"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.msgId()).isEqualTo(result.msgId()));
    }

    @Test
    void d10_sendsToTheBrokersOfItsZoneOnly() {
        try (EmbeddedRocketMQ zoned =
                EmbeddedRocketMQ.builder().jvmOptions("-Drocketmq.zone=zone-1").start()) {
            try (ProducerUnderTest put =
                    ProducerUnderTest.start(zoned.nameServerAddresses(), settings -> settings.zone("zone-1"))) {
                put.producer().send(Message.of("transport-zone", BODY));
            }
            try (ProducerUnderTest put =
                    ProducerUnderTest.start(zoned.nameServerAddresses(), settings -> settings.zone("zone-2"))) {
                assertThatThrownBy(() -> put.producer().send(Message.of("transport-zone", BODY)))
                        .isInstanceOf(MessageNotStoredException.class)
                        .hasFieldOrPropertyWithValue("kind", FailureKind.NO_ROUTE);
            }
            assertThat(zoned.messages("transport-zone")).hasSize(1);
        }
    }

    @Test
    void y1_producersOfAUnitSendAsOthersDo() {
        try (ProducerUnderTest put = start(settings -> settings.unitMode(true).unitName("unit-1"))) {
            put.producer().send(Message.of("transport-unit", BODY));
        }

        assertThat(rocketMQ.cluster().messages("transport-unit")).hasSize(1);
    }
}
