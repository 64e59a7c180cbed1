package io.mqproducer.test.peer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsNestedValues() {
        Map<String, Object> heartbeat = Json.parseObject(
                " {\"clientID\":\"a\\u0001\\n\",\"set\":[{\"g\":\"x\"},[]],\"n\":-1,\"d\":1.5,\"ok\":true,\"no\":null} ");

        assertThat(heartbeat)
                .containsEntry("clientID", "a\u0001\n")
                .containsEntry("set", List.of(Map.of("g", "x"), List.of()))
                .containsEntry("n", -1L)
                .containsEntry("d", new BigDecimal("1.5"))
                .containsEntry("ok", true)
                .containsEntry("no", null);
    }

    @Test
    void readsTheUnquotedKeysOfOldNameServers() {
        assertThat(Json.parseObject("{0:\"a\",12:\"b\"}")).isEqualTo(Map.of("0", "a", "12", "b"));
    }

    @Test
    void writesWhatItReads() {
        String json = "{\"a\":[1,true,null,\"\\\"\\\\\\u0002é\"],\"b\":{}}";

        assertThat(Json.write(Json.parseObject(json))).isEqualTo(json);
        assertThat(Json.write(Arrays.asList(1, null))).isEqualTo("[1,null]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{}x", "{\"a\":}", "{\"a\" 1}", "{\"a\":\"b", "{\"a\":\"\\x\"}", "{\"a\":-}", "[]"})
    void refusesWhatIsNotAnObject(String text) {
        assertThatThrownBy(() -> Json.parseObject(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesRoutesAsNameServersDo() {
        RouteJson route = RouteJson.of("broker-a", "10.0.0.1:10911", 8).broker("broker-a", 1, "10.0.0.2:10911");

        assertThat(route.toString())
                .isEqualTo("{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"10.0.0.1:10911\",\"1\":\"10.0.0.2:10911\"},"
                        + "\"brokerName\":\"broker-a\",\"cluster\":\"FakeCluster\",\"enableActingMaster\":false}],"
                        + "\"filterServerTable\":{},\"queueDatas\":[{\"brokerName\":\"broker-a\",\"perm\":6,"
                        + "\"readQueueNums\":8,\"topicSysFlag\":0,\"writeQueueNums\":8}]}");
        assertThat(route.unquotedKeys().toString()).contains("{0:\"10.0.0.1:10911\",1:\"10.0.0.2:10911\"}");
    }

    @Test
    void writesRoutesNoNameServerWould() {
        String route = RouteJson.of("a", "h:1", 4)
                .permission("a", 2)
                .queues("unknown", 6, Integer.MAX_VALUE)
                .orderTopicConf("a:4")
                .extra("filterServerTable", 7)
                .toString();

        assertThat(route)
                .contains("\"perm\":2", "2147483647", "\"brokerName\":\"unknown\"", "\"orderTopicConf\":\"a:4\"")
                .contains("\"filterServerTable\":7");
    }
}
