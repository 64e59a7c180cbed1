package io.mqproducer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

    private static final byte[] BODY = {1, 2, 3};

    @Test
    void hasNothingButTopicAndBodyIfNothingElseIsSet() {
        Message message = Message.of("T", BODY);

        assertThat(message.topic()).isEqualTo("T");
        assertThat(message.body()).isSameAs(BODY);
        assertThat(message.properties()).isEmpty();
        assertThat(message.keys()).isEmpty();
        assertThat(message.multiDispatch()).isEmpty();
        assertThat(message.tag()).isEmpty();
        assertThat(message.orderingKey()).isEmpty();
        assertThat(message.liteTopic()).isEmpty();
        assertThat(message.delivery()).isEqualTo(DeliveryTime.now());
        assertThat(message.flag()).isZero();
        assertThat(message.priority()).isEmpty();
        assertThat(message.reconsumeTimes()).isEmpty();
        assertThat(message.waitForStore()).isTrue();
    }

    @Test
    void keepsAllThroughABuilder() {
        Message message = full().build();

        Message copy = message.toBuilder().build();

        assertThat(copy).usingRecursiveComparison().isEqualTo(message);
        assertThat(copy.tag()).contains("tag");
        assertThat(copy.keys()).containsExactly("k1", "k2");
        assertThat(copy.properties()).isEqualTo(Map.of("p", "v"));
        assertThat(copy.priority()).hasValue(4);
        assertThat(copy.reconsumeTimes()).hasValue(2);
        assertThat(copy.waitForStore()).isFalse();
    }

    @Test
    void takesAnotherBodyAndKeepsAllElse() {
        byte[] other = {9};

        Message changed = full().build().withBody(other);

        assertThat(changed.body()).isSameAs(other);
        assertThat(changed)
                .usingRecursiveComparison()
                .isEqualTo(full().body(other).build());
        assertThatThrownBy(() -> changed.withBody(new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("body");
    }

    private static Message.Builder full() {
        return Message.builder("T")
                .body(BODY)
                .tag("tag")
                .keys("k1", "k2")
                .property("p", "v")
                .orderingKey("o")
                .liteTopic("l")
                .multiDispatch("%LMQ%a")
                .delivery(DeliveryTime.after(Duration.ofSeconds(1)))
                .flag(3)
                .priority(4)
                .reconsumeTimes(2)
                .waitForStore(false);
    }

    @Test
    void isNotChangedByItsBuilder() {
        Message.Builder builder =
                Message.builder("T").body(BODY).property("a", "1").keys("k");
        Message message = builder.build();

        builder.property("a", "2").property("b", "3").keys("other");

        assertThat(message.properties()).isEqualTo(Map.of("a", "1"));
        assertThat(message.keys()).containsExactly("k");
        assertThatThrownBy(() -> message.properties().put("c", "4")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(builder.build().properties()).containsExactly(Map.entry("a", "2"), Map.entry("b", "3"));
    }

    @Test
    void isNotChangedByABuilderThatCameFromIt() {
        Message message = full().build();

        Message other = message.toBuilder().property("q", "w").keys("k3").build();

        assertThat(message.properties()).isEqualTo(Map.of("p", "v"));
        assertThat(message.keys()).containsExactly("k1", "k2");
        assertThat(other.properties()).containsExactly(Map.entry("p", "v"), Map.entry("q", "w"));
        assertThat(other.keys()).containsExactly("k3");
    }

    @Test
    void isNotChangedByTheArrayThatItsKeysCameFrom() {
        String[] keys = {"k1", "k2"};
        Message message = Message.builder("T").body(BODY).keys(keys).build();

        keys[0] = "a b";

        assertThat(message.keys()).containsExactly("k1", "k2");
    }

    @Test
    void showsNoBody() {
        assertThat(full().build()).hasToString("Message[topic=T, tag=tag, keys=[k1, k2], body=3 bytes]");
    }

    @Test
    void f78_refusesABodyThatIsMissingOrEmpty() {
        assertInvalid(() -> Message.of("T", new byte[0]), "message body length is zero, got 0 bytes");
        assertInvalid(() -> Message.builder("T").build(), "body must be set, got null");
    }

    @Test
    void f78_takesTopicsOf127Characters() {
        assertThat(Message.of("t".repeat(127), BODY).topic()).hasSize(127);
        assertInvalid(
                () -> Message.builder("t".repeat(128)), "topic has a limit of 127 characters, got 128 characters");
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void refusesNullNamingWhatIsMissing(Consumer<Message.Builder> call) {
        assertThatThrownBy(() -> call.accept(Message.builder("T")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("invalid message: .* must be set, got null");
    }

    static List<Consumer<Message.Builder>> nulls() {
        return List.of(
                builder -> Message.builder(null),
                builder -> builder.body(null),
                builder -> builder.tag(null),
                builder -> builder.keys((String[]) null),
                builder -> builder.keys("k", null),
                builder -> builder.property(null, "v"),
                builder -> builder.property("n", null),
                builder -> builder.delivery(null),
                builder -> builder.orderingKey(null),
                builder -> builder.liteTopic(null),
                builder -> builder.multiDispatch((String) null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0001b",
                "a\u0002b",
                "\u0001",
                "\u0002",
                "a\u0001",
                "\u0002a",
                "",
                " ",
                "\t\n",
                "a\ud800",
                "\udc00a",
                "\ud800\ud800",
            })
    void s22_refusesTextThatWouldNotReadBack(String text) {
        Message.Builder builder = Message.builder("T");

        assertInvalid(() -> builder.tag(text), "tag must not ");
        assertInvalid(() -> builder.keys(text), "key must not ");
        assertInvalid(() -> builder.keys("good", text), "key must not ");
        assertInvalid(() -> builder.property(text, "v"), "property name must not ");
        assertInvalid(() -> builder.property("n", text), "property value must not ");
        assertInvalid(() -> builder.orderingKey(text), "ordering key must not ");
        assertInvalid(() -> builder.liteTopic(text), "lite topic must not ");
        assertInvalid(() -> builder.multiDispatch(text), "multi dispatch must not ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRACE_ON",
                "MSG_REGION",
                "KEYS",
                "TAGS",
                "WAIT",
                "DELAY",
                "RETRY_TOPIC",
                "ORIGIN_GROUP",
                "REAL_TOPIC",
                "REAL_QID",
                "TRAN_MSG",
                "PGROUP",
                "MIN_OFFSET",
                "MAX_OFFSET",
                "BUYER_ID",
                "ORIGIN_MESSAGE_ID",
                "TRANSFER_FLAG",
                "CORRECTION_FLAG",
                "MQ2_FLAG",
                "RECONSUME_TIME",
                "UNIQ_KEY",
                "MAX_RECONSUME_TIMES",
                "CONSUME_START_TIME",
                "POP_CK",
                "POP_CK_OFFSET",
                "1ST_POP_TIME",
                "TRAN_PREPARED_QUEUE_OFFSET",
                "DUP_INFO",
                "EXTEND_UNIQ_INFO",
                "INSTANCE_ID",
                "CORRELATION_ID",
                "REPLY_TO_CLIENT",
                "TTL",
                "ARRIVE_TIME",
                "PUSH_REPLY_TIME",
                "CLUSTER",
                "MSG_TYPE",
                "INNER_MULTI_QUEUE_OFFSET",
                "TIMER_DELAY_MS",
                "TIMER_DELAY_SEC",
                "TIMER_DELIVER_MS",
                "TIMER_ENQUEUE_MS",
                "TIMER_DEQUEUE_MS",
                "TIMER_ROLL_TIMES",
                "TIMER_OUT_MS",
                "TIMER_DEL_UNIQKEY",
                "TIMER_DELAY_LEVEL",
                "__BORNHOST",
                "BORN_TIMESTAMP",
                "DLQ_ORIGIN_TOPIC",
                "DLQ_ORIGIN_MESSAGE_ID",
                "__CRC32#",
                "_SYS_MSG_PRIORITY_",
                "__LITE_TOPIC",
                "__SHARDINGKEY",
                "INNER_MULTI_DISPATCH",
            })
    void s22_refusesReservedNamesAsPropertiesButNotTheirLowerCase(String name) {
        Message.Builder builder = Message.builder("T").body(BODY);

        assertInvalid(
                () -> builder.property(name, "v"), "property must not bear a name that RocketMQ reserves, got " + name);
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.equals(name)) {
            assertThat(builder.property(lower, "v").build().properties()).containsEntry(lower, "v");
        }
    }

    @Test
    void refusesAKeyWithASpaceBecauseItWouldBecomeTwo() {
        assertInvalid(() -> Message.builder("T").keys("a b"), "key must not contain a space");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a\\b", "a,b", "..", ".", "/", "../x"})
    void s23_refusesLightQueuesThatAreNoFileNames(String name) {
        assertInvalid(() -> Message.builder("T").liteTopic(name), "lite topic must not ");
        assertInvalid(() -> Message.builder("T").multiDispatch("%LMQ%a", name), "multi dispatch must not ");
    }

    @Test
    void s23_opensTopicsOfConsumerGroupsOnlyToRedelivery() {
        assertInvalid(() -> Message.of("%RETRY%g", BODY), "topic of a consumer group is written only with");
        assertInvalid(() -> Message.of("%DLQ%g", BODY), "topic of a consumer group is written only with");
        assertThat(Message.builder("%RETRY%g")
                        .body(BODY)
                        .reconsumeTimes(0)
                        .build()
                        .reconsumeTimes())
                .hasValue(0);
    }

    @Test
    void refusesNegativeNumbers() {
        assertInvalid(() -> Message.builder("T").priority(-1), "priority must not be negative, got -1");
        assertInvalid(() -> Message.builder("T").reconsumeTimes(-1), "reconsumeTimes must not be negative, got -1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\u0001", "\u001b[31m\u0002", "a\u2028\u0001", "\u202e\u0002"})
    void s20_showsForeignTextOnOneLineAndCut(String text) {
        String message = catchThrowable(() -> Message.builder("T").tag(text + "x".repeat(10_000)))
                .getMessage();

        assertThat(message).hasSizeLessThan(200).doesNotContain("\n", "\u001b", "\u2028", "\u202e", "\u0001");
    }

    private static void assertInvalid(Runnable call, String text) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("invalid message: " + text);
    }
}
