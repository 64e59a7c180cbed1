package io.mqproducer.test.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.Json;
import io.mqproducer.test.peer.codec.RouteJson;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FakeClusterTest {

    private static final String BATCH =
            "000000250000000000000000000000030000000568656c6c6f000a574149540174727565020000002b0000000000000000000000"
                    + "00000000017700145741495401747275650254414753015461674202";

    @Test
    void routesAnyTopicToItsBrokersButTheOnesToldOtherwise() throws IOException {
        try (FakeCluster cluster = FakeCluster.start(2);
                RawClient client = new RawClient(cluster.nameServer().port())) {
            cluster.withoutTopic("Gone").route("Own", RouteJson.of("broker-x", "h:1", 1));

            Frame any = client.ask(Frame.request(105, 1).withField("topic", "TBW102"));
            Frame gone = client.ask(Frame.request(105, 2).withField("topic", "Gone"));
            Frame own = client.ask(Frame.request(105, 3).withField("topic", "Own"));

            assertThat(any.body())
                    .asString(UTF_8)
                    .contains(cluster.broker(0).address(), cluster.broker(1).address(), "broker-a", "broker-b");
            assertThat(gone.code()).isEqualTo(17);
            assertThat(own.body()).asString(UTF_8).contains("broker-x");
            assertThat(cluster.nameServers()).isEqualTo(cluster.nameServer().address());
        }
    }

    @Test
    void storesMessagesWithGrowingOffsetsInEachQueue() throws IOException {
        try (FakeCluster cluster = FakeCluster.start(1);
                RawClient client = new RawClient(cluster.broker(0).port())) {
            Frame send = send(310, 1).withBody("hello");

            Frame first = client.ask(send);
            Frame second = client.ask(send.withField("f", "1"));
            Frame otherQueue = client.ask(send.withField("e", "3"));

            assertThat(first.fields())
                    .containsEntry("queueId", "1")
                    .containsEntry("queueOffset", "0")
                    .containsEntry("transactionId", "K1")
                    .containsEntry(
                            "msgId",
                            "7F000001%08X%016X".formatted(cluster.broker(0).port(), 0));
            assertThat(second.fields()).containsEntry("queueOffset", "1");
            assertThat(otherQueue.fields()).containsEntry("queueOffset", "0").containsEntry("queueId", "3");
            assertThat(cluster.messages("T")).hasSize(3).first().satisfies(message -> {
                assertThat(message.text()).isEqualTo("hello");
                assertThat(message.uniqueKey()).isEqualTo("K1");
                assertThat(message.group()).isEqualTo("PG");
                assertThat(message.brokerName()).isEqualTo("broker-a");
            });
        }
    }

    @Test
    void takesBatchesApart() throws IOException {
        try (FakeCluster cluster = FakeCluster.start(1);
                RawClient client = new RawClient(cluster.broker(0).port())) {
            Frame answer = client.ask(send(320, 0).withBody(HexFormat.of().parseHex(BATCH)));

            assertThat(answer.fields()).containsEntry("queueOffset", "0");
            assertThat(cluster.messages("T")).extracting(RecordedMessage::text).containsExactly("hello", "w");
            assertThat(cluster.messages("T").get(1).property("TAGS")).isEqualTo("TagB");
            assertThat(cluster.messages("T").get(1).queueOffset()).isEqualTo(1);
        }
    }

    @Test
    void recordsOnewaySends() throws IOException {
        try (FakeCluster cluster = FakeCluster.start(1);
                RawClient client = new RawClient(cluster.broker(0).port())) {
            client.send(send(310, 0).withFlag(2).withBody("oneway"));

            assertThat(cluster.awaitMessages("T", 1, Duration.ofSeconds(5)))
                    .extracting(RecordedMessage::text)
                    .containsExactly("oneway");
        }
    }

    @Test
    void readsHeartbeatBodies() throws IOException {
        try (FakeCluster cluster = FakeCluster.start(1);
                RawClient client = new RawClient(cluster.broker(0).port())) {
            client.ask(
                    Frame.request(34, 1).withBody("{\"clientID\":\"c\",\"producerDataSet\":[{\"groupName\":\"PG\"}]}"));

            assertThat(cluster.broker(0).requests(34).get(0).json().get("producerDataSet"))
                    .isEqualTo(
                            Json.parseObject("{\"x\":[{\"groupName\":\"PG\"}]}").get("x"));
        }
    }

    private static Frame send(int code, int queueId) {
        return Frame.request(code, 1)
                .withField("a", "PG")
                .withField("b", "T")
                .withField("e", Integer.toString(queueId))
                .withField("f", "0")
                .withField("i", "UNIQ_KEY\u0001K1\u0002");
    }
}
