package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.CompressionType;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message looks like to a broker, and what is refused before one sees it. */
class WireFormIT {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final FakeCluster cluster = FakeCluster.start(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void y1_unitModeIsSaidInEveryHeader(boolean unitMode) {
        try (ProducerUnderTest put = start(settings -> settings.unitMode(unitMode))) {
            put.producer().send(Message.of("T", new byte[1]));

            assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2))
                    .singleElement()
                    .satisfies(sent -> assertThat(sent.field("k")).isEqualTo(Boolean.toString(unitMode)));
        }
    }

    @Test
    void y1_brokersAreToldTheUnitAndTheAddressThatAreSet() {
        try (ProducerUnderTest put =
                start(settings -> settings.unitName("unit-1").clientAddress("10.0.0.7"))) {
            put.producer().send(Message.of("T", new byte[1]));

            assertThat(cluster.broker(0).awaitRequests(34, 1, SOON).get(0).text())
                    .contains("\"clientID\":\"10.0.0.7@#")
                    .contains("@unit-1\"");
        }
    }

    @Test
    void f65_theBodyIsTheCallersAgainWhenTheCallReturns() {
        Hold routes = cluster.nameServer().hold(Probe.GET_ROUTE);
        byte[] body = {1, 2, 3};
        try (ProducerUnderTest put = start(b -> {})) {
            CompletableFuture<SendResult> async = put.producer().sendAsync(Message.of("T", body));
            put.producer().sendOneway(Message.of("T", body));
            Arrays.fill(body, (byte) 9);
            routes.end();

            assertThat(async).succeedsWithin(SOON);
            assertThat(cluster.awaitMessages("T", 2, SOON))
                    .allSatisfy(message -> assertThat(message.body()).containsExactly(1, 2, 3));
        }
    }

    @Test
    void f65_aMessageThatManyThreadsSendGetsAnIdEachTimeAndIsNotChanged() throws InterruptedException {
        Message message = Message.builder("T")
                .tag("tag")
                .keys("key")
                .property("p", "v")
                .body(new byte[5000])
                .build();
        String before = message.toString();
        try (ProducerUnderTest put = start(b -> {})) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 50; i++) {
                        put.producer().send(message);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join(10_000);
            }
        }

        assertThat(cluster.messages()).hasSize(400);
        assertThat(cluster.messages())
                .extracting(RecordedMessage::uniqueKey)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(message).hasToString(before);
        assertThat(message.body()).isEqualTo(new byte[5000]);
        assertThat(message.properties()).doesNotContainKey("UNIQ_KEY");
    }

    @Test
    void f78_aBodyOfTheLimitIsSentAndOneByteMoreIsNot() {
        try (ProducerUnderTest put = start(b -> b.maxMessageSize(2048).compressionEnabled(false))) {
            put.producer().send(Message.of("T", new byte[2048]));

            assertInvalid(put, Message.of("T", new byte[2049]), "body 2049 bytes, limit 2048");
        }
        assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2)).hasSize(1);
    }

    @Test
    void f78_theLimitIsThatOfTheWireSoABodyMayShrinkBelowIt() {
        byte[] random = new byte[4000];
        new Random(1).nextBytes(random);
        try (ProducerUnderTest put = start(b -> b.maxMessageSize(2048).compressionThreshold(1024))) {
            put.producer().send(Message.of("T", new byte[16 * 2048]));

            assertInvalid(put, Message.of("T", random), "body 4000 bytes, limit 2048");
            assertInvalid(put, Message.of("T", new byte[16 * 2048 + 1]), "before compression");
        }
        assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2)).hasSize(1);
    }

    @Test
    void f78_propertiesAreMeasuredInBytes() {
        try (ProducerUnderTest put = start(b -> {})) {
            Message wide = Message.builder("T")
                    .keys("中".repeat(11_000))
                    .body(new byte[1])
                    .build();

            assertInvalid(put, wide, "properties");
            put.producer()
                    .send(Message.builder("T")
                            .keys("中".repeat(10_000))
                            .body(new byte[1])
                            .build());
        }
        assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2)).hasSize(1);
    }

    @Test
    void f78_aTopicMayHave127CharactersNamespaceIncluded() {
        try (ProducerUnderTest put = start(b -> b.namespace("ns"))) {
            put.producer().send(Message.of("a".repeat(124), new byte[1]));

            assertInvalid(put, Message.of("a".repeat(125), new byte[1]), "topic with namespace 128 characters");
        }
        assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2)).hasSize(1);
        assertThatThrownBy(() -> Message.of("a".repeat(128), new byte[1])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void f78_aGroupMayHave120Characters() {
        MQProducer.builder("g".repeat(120)).build().close();

        MQProducerBuilder tooLong = MQProducer.builder("g".repeat(121));
        assertThatThrownBy(tooLong::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("121");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\u0002"})
    void s22_separatorsGetIntoNoMessage(String separator) {
        assertThatThrownBy(() -> Message.builder("T").property("p", "a" + separator))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Message.builder("T").property("p" + separator, "a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Message.builder("T").tag("a" + separator))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Message.builder("T").keys("a" + separator))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Message.builder("T").orderingKey("a" + separator))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "../x",
                "a/b",
                "ü",
                "a\n",
                "SCHEDULE_TOPIC_XXXX",
                "RMQ_SYS_TRANS_HALF_TOPIC",
                "OFFSET_MOVED_EVENT"
            })
    void s23_namesThatABrokerRefusesGetIntoNoMessage(String topic) {
        assertThatThrownBy(() -> Message.of(topic, new byte[1])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../x", "ü", "a\n"})
    void s23_groupsThatABrokerRefusesGetIntoNoProducer(String group) {
        assertThatThrownBy(() -> MQProducer.builder(group).build()).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"LZ4, 257", "ZSTD, 513", "ZLIB, 769"})
    void f87_theCompressionIsToldInTheSysFlag(CompressionType type, int sysFlag) {
        try (ProducerUnderTest put = start(b -> b.compressionType(type).compressionThreshold(1000))) {
            put.producer().send(Message.of("T", new byte[5000]));
        }

        assertThat(cluster.messages()).singleElement().satisfies(message -> {
            assertThat(message.sysFlag()).isEqualTo(sysFlag);
            assertThat(message.body()).hasSizeLessThan(500);
        });
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void f87_whatDoesNotGetSmallerOrIsSmallGoesOutAsItIs(CompressionType type) {
        byte[] random = new byte[5000];
        new Random(1).nextBytes(random);
        try (ProducerUnderTest put = start(b -> b.compressionType(type).compressionThreshold(1000))) {
            put.producer().send(Message.of("T", random));
            put.producer().send(Message.of("T", new byte[999]));
            put.producer().send(Message.of("T", new byte[1]));
        }

        assertThat(cluster.messages()).allMatch(message -> message.sysFlag() == 0);
        assertThat(cluster.messages().get(0).body()).isEqualTo(random);
        assertThat(cluster.messages().get(1).body()).isEqualTo(new byte[999]);
    }

    @Test
    void aNamespaceOfTheFirstKindIsPutBeforeTopicAndGroup() {
        try (ProducerUnderTest put = start(b -> b.namespace("ns"))) {
            SendResult result = put.producer().send(Probe.message());

            assertThat(result.queue().topic()).isEqualTo("T");
            RecordedMessage message = cluster.messages().get(0);
            assertThat(message.topic()).isEqualTo("ns%T");
            assertThat(message.group()).isEqualTo("ns%PG");
            assertThat(message.request().fields()).doesNotContainKeys("nsd", "ns");
            assertThat(cluster.nameServer().requests(Probe.GET_ROUTE))
                    .extracting(request -> request.field("topic"))
                    .contains("ns%T");
        }
    }

    @Test
    void aNamespaceOfTheSecondKindIsAHeaderFieldOfEveryRequest() {
        try (ProducerUnderTest put = start(b -> b.namespaceV2("ns"))) {
            put.producer().send(Probe.message());
        }

        RecordedMessage message = cluster.messages().get(0);
        assertThat(message.topic()).isEqualTo("T");
        assertThat(message.group()).isEqualTo("PG");
        List<Request> all = new ArrayList<>(cluster.nameServer().requests());
        all.addAll(cluster.broker(0).requests());
        assertThat(all)
                .allSatisfy(request -> assertThat(request.fields())
                        .containsEntry("nsd", "true")
                        .containsEntry("ns", "ns"));
    }

    @Test
    void bothNamespacesAtOnceAreRefused() {
        MQProducerBuilder both = MQProducer.builder("PG").namespace("a").namespaceV2("b");

        assertThatThrownBy(both::build).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertInvalid(ProducerUnderTest put, Message message, String text) {
        assertThatThrownBy(() -> put.producer().send(message))
                .isInstanceOfSatisfying(MessageNotStoredException.class, e -> {
                    assertThat(e.kind()).isEqualTo(FailureKind.INVALID_MESSAGE);
                    assertThat(e).hasMessageContaining(text);
                });
    }

    private ProducerUnderTest start(Consumer<MQProducerBuilder> settings) {
        return ProducerUnderTest.start(cluster.nameServers(), settings);
    }
}
