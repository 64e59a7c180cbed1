package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mqproducer.internal.protocol.TopicRouteData.BrokerData;
import io.mqproducer.internal.protocol.TopicRouteData.QueueData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRouteDataTest {

    private static final String QUEUE =
            "{\"brokerName\":\"%s\",\"perm\":6,\"readQueueNums\":%d,\"topicSysFlag\":0,\"writeQueueNums\":%d}";

    @Test
    void readsARouteOfANewNameServer() {
        TopicRouteData route = parse("{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"10.0.0.1:10911\","
                + "\"1\":\"10.0.0.2:10911\"},\"brokerName\":\"broker-a\",\"cluster\":\"C\","
                + "\"enableActingMaster\":false,\"zoneName\":\"z\"}],\"filterServerTable\":{},"
                + "\"orderTopicConf\":\"broker-a:4\",\"queueDatas\":[{\"brokerName\":\"broker-b\",\"perm\":2,"
                + "\"readQueueNums\":4,\"topicSynFlag\":1,\"writeQueueNums\":3},{\"brokerName\":\"broker-a\","
                + "\"perm\":6,\"readQueueNums\":8,\"topicSysFlag\":0,\"writeQueueNums\":8}]}");

        assertThat(route)
                .isEqualTo(new TopicRouteData(
                        "broker-a:4",
                        List.of(new QueueData("broker-a", 8, 8, 6, 0), new QueueData("broker-b", 4, 3, 2, 1)),
                        List.of(new BrokerData(
                                "C", "broker-a", new TreeMap<>(Map.of(0L, "10.0.0.1:10911", 1L, "10.0.0.2:10911")))),
                        List.of()));
    }

    @Test
    void f09_readsTheUnquotedKeysOfOldNameServers() {
        TopicRouteData route = parse(
                "{\"brokerDatas\":[{\"brokerAddrs\":{0:\"a:1\",12:\"b:2\"},"
                        + "\"brokerName\":\"broker-a\"}],\"topicQueueMappingByBroker\":{\"broker-a\":{\"currIdMap\":{0:0,1:5}}}}");

        assertThat(route.brokerDatas().get(0).brokerAddrs()).isEqualTo(Map.of(0L, "a:1", 12L, "b:2"));
    }

    @Test
    void d6_readsWhichBrokerHasWhichQueuesOfAStaticTopic() {
        TopicRouteData route = parse(
                "{\"topicQueueMappingByBroker\":{\"a\":{\"bname\":\"a\",\"epoch\":1700000000001,"
                        + "\"scope\":\"__global__\",\"totalQueues\":4,\"dirty\":false,\"currIdMap\":{\"0\":0,\"3\":1}},"
                        + "\"b\":{\"bname\":\"b\",\"currIdMap\":{1:0,2:1}},\"c\":null,\"d\":{\"bname\":\"d\",\"currIdMap\":{}}}}");

        assertThat(route.queueMappings())
                .containsExactly(
                        new TopicRouteData.QueueMapping("a", 1_700_000_000_001L, List.of(0, 3)),
                        new TopicRouteData.QueueMapping("b", 0, List.of(1, 2)));
        assertThat(parse("{\"topicQueueMappingByBroker\":{},\"queueDatas\":[]}").queueMappings())
                .isEmpty();
        assertThat(parse("{\"topicQueueMappingByBroker\":null}").queueMappings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "[]",
                "{\"a\":1}",
                "{\"a\":{\"epoch\":\"x\"}}",
                "{\"a\":{\"currIdMap\":{\"x\":0}}}",
                "{\"a\":{\"currIdMap\":{\"-1\":0}}}",
                "{\"a\":{\"currIdMap\":{\"65536\":0}}}",
                "{\"a\":{\"currIdMap\":[0]}}"
            })
    void f09_refusesAMappingThatIsNone(String mapping) {
        assertThatThrownBy(() -> parse("{\"topicQueueMappingByBroker\":" + mapping + "}"))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void f09_readsMissingListsAsEmptyAndSkipsWhatIsNull() {
        TopicRouteData route = parse("{\"brokerDatas\":[null,{\"brokerName\":\"b\",\"brokerAddrs\":null},"
                + "{\"brokerName\":\"c\",\"brokerAddrs\":{\"0\":null}},{\"brokerAddrs\":{\"0\":\"x\"}}],"
                + "\"queueDatas\":null}");

        assertThat(route.queueDatas()).isEmpty();
        assertThat(route.brokerDatas())
                .extracting(
                        BrokerData::brokerName, broker -> broker.brokerAddrs().size())
                .containsExactly(tuple("b", 0), tuple("c", 0));
        assertThat(parse("{}")).isEqualTo(new TopicRouteData(null, List.of(), List.of(), List.of()));
    }

    @Test
    void f09_takesTheFirstOfBrokersOfOneName() {
        TopicRouteData route = parse(
                "{\"queueDatas\":[" + QUEUE.formatted("a", 1, 1) + "," + QUEUE.formatted("a", 9, 9)
                        + "],\"brokerDatas\":[{\"brokerName\":\"a\",\"cluster\":\"1\"},{\"brokerName\":\"a\",\"cluster\":\"2\"}]}");

        assertThat(route.queueDatas()).containsExactly(new QueueData("a", 1, 1, 6, 0));
        assertThat(route.brokerDatas()).extracting(BrokerData::cluster).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"queueDatas\":[{\"brokerName\":\"a\"",
                "{\"queueDatas\":{}}",
                "{\"queueDatas\":[5]}",
                "{\"queueDatas\":[[]]}",
                "{\"queueDatas\":[{\"perm\":\"6\"}]}",
                "{\"queueDatas\":[{\"perm\":6e9}]}",
                "{\"queueDatas\":[{\"perm\":-1}]}",
                "{\"queueDatas\":[{\"perm\":99999999999}]}",
                "{\"queueDatas\":[{\"brokerName\":5}]}",
                "{\"brokerDatas\":[{\"brokerAddrs\":[]}]}",
                "{\"brokerDatas\":[{\"brokerAddrs\":{\"x\":\"a:1\"}}]}",
                "{\"brokerDatas\":[{\"brokerAddrs\":{\"-1\":\"a:1\"}}]}",
                "{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":7}}]}",
                "{\"orderTopicConf\":{}}",
                "{}}",
            })
    void f09_refusesWhatIsNotARoute(String body) {
        assertRefused(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 16_385, Integer.MAX_VALUE})
    void f10_refusesMoreQueuesThanABrokerCanHave(int queues) {
        assertRefused("{\"queueDatas\":[" + QUEUE.formatted("a", 1, queues) + "]}");
        assertRefused("{\"queueDatas\":[" + QUEUE.formatted("a", queues, 1) + "]}");
    }

    @Test
    void f10_boundsTheQueuesOfAllBrokersTogether() {
        assertThat(parse(queues(4, 16_384)).queueDatas()).hasSize(4);
        assertRefused(queues(5, 16_384));
    }

    @Test
    void f10_boundsTheBrokers() {
        assertThat(parse(queues(4096, 1)).queueDatas()).hasSize(4096);
        assertRefused(queues(4097, 1));
        assertRefused("{\"brokerDatas\":["
                + IntStream.range(0, 4097)
                        .mapToObj(i -> "{\"brokerName\":\"" + i + "\"}")
                        .collect(Collectors.joining(","))
                + "]}");
        assertRefused("{\"brokerDatas\":[" + "{},".repeat(10_000) + "{}]}");
    }

    @Test
    void f10_refusesABodyAboveTheLimitUnread() {
        assertRefused(" ".repeat(FrameLimits.MAX_ROUTE_BODY) + "{}");
    }

    @Test
    void f40_refusesWhatIsNestedTooDeeplyOrTooLong() {
        assertRefused("{\"x\":" + "[".repeat(100_000));
        assertRefused("{\"x\":".repeat(100_000));
        assertRefused("{\"orderTopicConf\":\"" + "a".repeat(1_000_000) + "\"}");
        assertRefused("{\"queueDatas\":[{\"perm\":" + "1".repeat(1_000_000) + "}]}");
        assertRefused("{\"" + "k".repeat(1_000_000) + "\":1}");
    }

    @Test
    void f40_readsARouteBehindAByteOrderMark() {
        assertThat(parse("\uFEFF{}").queueDatas()).isEmpty();
    }

    private static String queues(int brokers, int each) {
        return "{\"queueDatas\":["
                + IntStream.range(0, brokers)
                        .mapToObj(i -> QUEUE.formatted("broker-" + i, each, each))
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static void assertRefused(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(ProtocolException.class);
    }

    private static TopicRouteData parse(String body) {
        return TopicRouteData.parse(body.getBytes(UTF_8));
    }
}
