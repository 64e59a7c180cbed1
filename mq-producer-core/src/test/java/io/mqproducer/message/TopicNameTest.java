package io.mqproducer.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.config.ProducerConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names beside what RocketMQ's own validators say of them; groups are stricter here only where noted. */
class TopicNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            ignoreLeadingAndTrailingWhitespace = false,
            useHeadersInDisplayName = true,
            quoteCharacter = '`',
            value = {
                "name#topic#group",
                "orders#yes#yes",
                "Orders#yes#yes",
                "ORDERS#yes#yes",
                "o#yes#yes",
                "0#yes#yes",
                "9lives#yes#yes",
                "orders_new#yes#yes",
                "orders-new#yes#yes",
                "_orders#yes#yes",
                "-orders#yes#yes",
                "orders-#yes#yes",
                "orders|new#yes#yes",
                "|#yes#yes",
                "%#yes#yes",
                "ns%orders#yes#yes",
                "%orders#yes#yes",
                "%LMQ%orders#yes#yes",
                "%RETRY#yes#yes",
                "%retry%g#yes#yes",
                "RETRY%g#yes#yes",
                "TBW102#yes#yes",
                "RMQ_SYS_TRACE_TOPIC#yes#yes",
                "rmq_sys_x#yes#yes",
                "BenchmarkTest#yes#yes",
                "DefaultCluster_REPLY_TOPIC#yes#yes",
                "CID_RMQ_SYS_x#yes#yes",
                "DEFAULT_PRODUCER#yes#no", // as RocketMQ's checkConfig
                "CLIENT_INNER_PRODUCER#yes#yes",
                "SCHEDULE_TOPIC_XXXX#no#yes",
                "RMQ_SYS_TRANS_HALF_TOPIC#no#yes",
                "RMQ_SYS_TRANS_OP_HALF_TOPIC#no#yes",
                "RMQ_SYS_ROCKSDB_TRANS_HALF_TOPIC#no#yes",
                "RMQ_SYS_ROCKSDB_TRANS_OP_HALF_TOPIC#no#yes",
                "TRANS_CHECK_MAX_TIME_TOPIC#no#yes",
                "SELF_TEST_TOPIC#no#yes",
                "OFFSET_MOVED_EVENT#no#yes",
                "schedule_topic_xxxx#yes#yes",
                "SCHEDULE_TOPIC_XXXXX#yes#yes",
                "%RETRY%g#no#yes", // topic: only with reconsumeTimes
                "%DLQ%g#no#yes", // topic: only with reconsumeTimes
                "orders.new#no#no",
                "orders new#no#no",
                " orders#no#no",
                "orders #no#no",
                "orders\u0000#no#no",
                "orders\u0001x#no#no",
                "orders\u0002x#no#no",
                "orders/new#no#no",
                "orders\\new#no#no",
                "../orders#no#no",
                "..#no#no",
                "orders:new#no#no",
                "orders;new#no#no",
                "orders,new#no#no",
                "orders@new#no#no",
                "orders$new#no#no",
                "orders*#no#no",
                "orders?#no#no",
                "orders+new#no#no",
                "orders=new#no#no",
                "orders(new)#no#no",
                "{orders}#no#no",
                "[orders]#no#no",
                "<orders>#no#no",
                "örders#no#no",
                "订单#no#no",
                "\u043erders#no#no", // a Cyrillic o
                "ord\u200bers#no#no",
                "orders\u202e#no#no",
                "\uff4frders#no#no",
                "😀#no#no",
            })
    void s23_isJudgedAsRocketMqJudgesIt(String name, String topic, String group) {
        assertThat(accepted(() -> Message.of(name, new byte[] {1}))).isEqualTo(topic.equals("yes"));
        assertThat(accepted(() -> new ProducerConfig.Identity("name", name, null, null, null, null, null, false)))
                .isEqualTo(group.equals("yes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\n", "orders\n", "\norders", "orders\r\nx: y"})
    void s23_s20_isNotBlankAndBreaksNoLine(String name) {
        assertThat(accepted(() -> Message.builder(name))).isFalse();
        assertThat(accepted(() -> new ProducerConfig.Identity("name", name, null, null, null, null, null, false)))
                .isFalse();
    }

    private static boolean accepted(Runnable call) {
        try {
            call.run();
            return true;
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).doesNotContainPattern("\\p{Cntrl}");
            return false;
        }
    }
}
