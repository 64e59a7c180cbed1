package io.mqproducer.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessagePropertiesCodecTest {

    private static final byte[] BODY = {1};

    private final MessageIdGenerator ids = new MessageIdGenerator(ZoneOffset.UTC, new Random(22));
    /** Written to so often that leak detection would take most of the time. */
    private final ByteBuf out = new UnpooledByteBufAllocator(true, true).directBuffer();

    @AfterEach
    void releases() {
        out.release();
        assertThat(out.refCnt()).isZero();
    }

    @Test
    void writesTheProducersOwnForAPlainMessage() {
        String written = write(Message.of("T", BODY), null);

        assertThat(written).isEqualTo("UNIQ_KEY\u0001" + ids.toString(7) + "\u0002WAIT\u0001true\u0002");
    }

    @Test
    void writesAllThatAMessageCanHave() {
        Message message = Message.builder("T")
                .body(BODY)
                .tag("TagA")
                .keys("k1", "k2")
                .property("color", "grün")
                .orderingKey("customer-1")
                .liteTopic("lite")
                .multiDispatch("%LMQ%a", "%LMQ%b")
                .priority(3)
                .waitForStore(false)
                .delivery(DeliveryTime.atLevel(18))
                .build();

        Map<String, String> read = WireProperties.decode(write(message, "ns"));

        assertThat(read)
                .containsOnly(
                        Map.entry("UNIQ_KEY", ids.toString(7)),
                        Map.entry("WAIT", "false"),
                        Map.entry("INSTANCE_ID", "ns"),
                        Map.entry("TAGS", "TagA"),
                        Map.entry("KEYS", "k1 k2"),
                        Map.entry("color", "grün"),
                        Map.entry("__SHARDINGKEY", "customer-1"),
                        Map.entry("__LITE_TOPIC", "lite"),
                        Map.entry("INNER_MULTI_DISPATCH", "%LMQ%a,%LMQ%b"),
                        Map.entry("_SYS_MSG_PRIORITY_", "3"),
                        Map.entry("DELAY", "18"));
    }

    @Test
    void writesTimersInMilliseconds() {
        Message after = delivered(DeliveryTime.after(Duration.ofSeconds(90)));
        Message at = delivered(DeliveryTime.at(Instant.ofEpochMilli(1_700_000_000_001L)));

        assertThat(WireProperties.decode(write(after, null))).containsEntry("TIMER_DELAY_MS", "90000");
        assertThat(WireProperties.decode(write(at, null))).containsEntry("TIMER_DELIVER_MS", "1700000000001");
        assertThat(WireProperties.decode(write(delivered(DeliveryTime.now()), null)))
                .containsOnlyKeys("UNIQ_KEY", "WAIT");
    }

    private static Message delivered(DeliveryTime time) {
        return Message.builder("T").body(BODY).delivery(time).build();
    }

    @Test
    void writesReconsumeTimesInTheHeaderOnly() {
        Message message =
                Message.builder("%RETRY%g").body(BODY).reconsumeTimes(3).build();

        assertThat(WireProperties.decode(write(message, null))).containsOnlyKeys("UNIQ_KEY", "WAIT");
    }

    @Test
    void s22_readsBackWhateverABuilderAccepts() {
        Random random = new Random(22);
        int accepted = 0;

        for (int i = 0; i < 100_000; i++) {
            Map<String, String> properties = new HashMap<>();
            Message.Builder builder = Message.builder("T").body(BODY);
            for (int n = random.nextInt(5); n >= 0; n--) {
                String name = RandomText.name(random);
                String value = RandomText.of(random);
                if (tryProperty(builder, name, value)) {
                    properties.put(name, value);
                    accepted++;
                }
            }
            properties.put("UNIQ_KEY", ids.toString(7));
            properties.put("WAIT", "true");

            String written = write(builder.build(), null);

            assertThat(WireProperties.decode(written)).isEqualTo(properties);
        }
        assertThat(accepted).isGreaterThan(100_000);
    }

    private static boolean tryProperty(Message.Builder builder, String name, String value) {
        try {
            builder.property(name, value);
            return true;
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageStartingWith("invalid message: property");
            return false;
        }
    }

    @Test
    void s22_readsBackTagKeysAndOrderingKeyThatABuilderAccepts() {
        Random random = new Random(23);

        for (int i = 0; i < 10_000; i++) {
            String text = RandomText.of(random);
            Message message;
            try {
                message = Message.builder("T")
                        .body(BODY)
                        .tag(text)
                        .orderingKey(text)
                        .keys(text.replace(' ', '_'))
                        .build();
            } catch (IllegalArgumentException refused) {
                continue;
            }

            Map<String, String> read = WireProperties.decode(write(message, null));

            assertThat(read).containsEntry("TAGS", text).containsEntry("__SHARDINGKEY", text);
            assertThat(read).containsEntry("KEYS", text.replace(' ', '_')).hasSize(5);
        }
    }

    @Test
    void countsCharactersWithoutFallingShortOfTheBytesByMoreThanItSays() {
        Random random = new Random(24);

        for (int i = 0; i < 10_000; i++) {
            Message.Builder builder = Message.builder("T").body(BODY).keys("k1", "k2");
            tryProperty(builder, RandomText.name(random), RandomText.of(random));
            Message message = builder.build();
            int characters = (int) MessagePropertiesCodec.characters(message);
            MessagePropertiesCodec codec = new MessagePropertiesCodec(ids, "ns");

            codec.write(message, 7, out.clear());

            assertThat(out.readableBytes()).isBetween(characters, codec.capacity(characters));
        }
    }

    private String write(Message message, @Nullable String namespace) {
        new MessagePropertiesCodec(ids, namespace).write(message, 7, out.clear());
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Texts as applications and attackers write them. */
    private static final class RandomText {

        private static final String[] PIECES = {
            "a", "Z", "0", " ", "_", "-", ".", "=", "%", "\u0001", "\u0002", "\u0000", "\n", "\u007f", "ü", "é", "中",
            "文", "\u2028", "😀", "\ud83d", "\ude00", "\uffff", "\u202e",
        };

        private static final String[] RESERVED = {
            "KEYS", "TAGS", "WAIT", "DELAY", "UNIQ_KEY", "INSTANCE_ID", "TRAN_MSG", "PGROUP", "__SHARDINGKEY", "TTL",
        };

        static String of(Random random) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                // mostly letters, or hardly any would be accepted
                text.append(PIECES[random.nextInt(4) == 0 ? random.nextInt(PIECES.length) : random.nextInt(3)]);
            }
            return text.toString();
        }

        static String name(Random random) {
            return switch (random.nextInt(6)) {
                case 0 -> RESERVED[random.nextInt(RESERVED.length)];
                case 1 -> RESERVED[random.nextInt(RESERVED.length)].toLowerCase(Locale.ROOT);
                case 2 -> RESERVED[random.nextInt(RESERVED.length)] + "x";
                default -> of(random);
            };
        }
    }
}
