package io.mqproducer.internal.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.CompressionType;
import io.mqproducer.internal.StoredForm;
import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageViewDecoderTest {

    private static final String UNIQ_KEY = "0A0B0C0D0A0B0C0D0A0B0C0D0A0B0C0D";

    private final MessageViewDecoder decoder = new MessageViewDecoder(Namespace.NONE, 4096);

    @Test
    void showsAllThatIsKnownOfAMessage() {
        StoredForm form = new StoredForm()
                .properties("UNIQ_KEY", UNIQ_KEY, "TAGS", "TagA", "KEYS", "k1 k2", "colour", "blue", "CLUSTER", "C");
        form.reconsumeTimes = 4;

        MessageView view = decoder.decode(form.bytes(), "broker-a");

        assertThat(view.topic()).isEqualTo("T");
        assertThat(view.body()).isEqualTo("hello".getBytes(UTF_8));
        assertThat(view.tag()).hasValue("TagA");
        assertThat(view.keys()).containsExactly("k1", "k2");
        assertThat(view.properties()).containsEntry("colour", "blue").containsEntry("CLUSTER", "C");
        assertThat(view.msgId()).isEqualTo(UNIQ_KEY);
        assertThat(view.offsetMsgId()).hasValue("0A00000100002A9F0000000000001234");
        assertThat(view.transactionId()).isEmpty();
        assertThat(view.queue()).hasValue(new MessageQueue("T", "broker-a", 2));
        assertThat(view.queueOffset()).isEqualTo(17);
        assertThat(view.flag()).isEqualTo(3);
        assertThat(view.reconsumeTimes()).isEqualTo(4);
        assertThat(view.bornTime()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
        assertThat(view.bornHost()).isEqualTo("10.0.0.7:50123");
        assertThat(view.storeTime()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
        assertThat(view.storeHost()).isEqualTo("10.0.0.1:10911");
    }

    @Test
    void aMessageWithoutProducersIdIsKnownByTheBrokers() {
        assertThat(decoder.decode(new StoredForm().bytes(), null).msgId())
                .isEqualTo("0A00000100002A9F0000000000001234");
    }

    @Test
    void withoutTheBrokersNameThereIsNoQueue() {
        MessageView view = decoder.decode(new StoredForm().bytes(), null);

        assertThat(view.queue()).isEmpty();
        assertThat(view.queueOffset()).isEqualTo(-1);
    }

    @Test
    void aHalfMessageHasATransaction() {
        StoredForm asChecked = new StoredForm().properties("UNIQ_KEY", UNIQ_KEY, "TRAN_MSG", "true", "PGROUP", "PG");
        StoredForm committed = new StoredForm().body("x".getBytes(UTF_8), 0x8).properties("UNIQ_KEY", UNIQ_KEY);

        assertThat(decoder.decode(asChecked.bytes(), null).transactionId()).hasValue(UNIQ_KEY);
        assertThat(decoder.decode(committed.bytes(), null).transactionId()).hasValue(UNIQ_KEY);
    }

    @Test
    void theTopicIsShownWithoutNamespace() {
        MessageViewDecoder inNamespace = new MessageViewDecoder(new Namespace("ns", null), 4096);

        MessageView view = inNamespace.decode(new StoredForm().topic("ns%T").bytes(), "broker-a");

        assertThat(view.topic()).isEqualTo("T");
        assertThat(view.queue()).hasValue(new MessageQueue("T", "broker-a", 2));
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void aCompressedBodyIsRestored(CompressionType type) {
        byte[] compressed = compressed(type, 10_000);

        MessageView view =
                decoder.decode(new StoredForm().body(compressed, type.sysFlag()).bytes(), null);

        assertThat(view.body()).isEqualTo(new byte[10_000]);
    }

    @Test
    void aBodyCompressedByAnOldClientIsZlib() {
        byte[] compressed = compressed(CompressionType.ZLIB, 500);

        assertThat(decoder.decode(new StoredForm().body(compressed, 0x1).bytes(), null)
                        .body())
                .isEqualTo(new byte[500]);
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void f83_s16_aBodyThatBecomesMoreThanFourTimesTheLimitIsRefused(CompressionType type) {
        byte[] most = compressed(type, 4 * 4096);
        byte[] more = compressed(type, 4 * 4096 + 1);

        assertThat(decoder.decode(new StoredForm().body(most, type.sysFlag()).bytes(), null)
                        .body())
                .hasSize(4 * 4096);
        assertThatThrownBy(() -> decoder.decode(
                        new StoredForm().body(more, type.sysFlag()).bytes(), null))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("becomes larger than 16384 bytes");
    }

    @Test
    void s16_aBodyOfAnUnknownCompressionIsRefused() {
        assertThatThrownBy(() ->
                        decoder.decode(new StoredForm().body(new byte[9], 0x701).bytes(), null))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("body compressed with type 7");
    }

    @Test
    void readsAllOfSeveralButNotOneOfSeveral() {
        byte[] two = ByteBufUtil.getBytes(Unpooled.wrappedBuffer(
                new StoredForm().bytes(), new StoredForm().topic("B").bytes()));

        assertThat(decoder.decodeAll(two, "b")).extracting(MessageView::topic).containsExactly("T", "B");
        assertThat(decoder.decodeAll(new byte[0], "b")).isEmpty();
        assertThatThrownBy(() -> decoder.decode(two, null))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("2 messages in place of one");
        assertThatThrownBy(() -> decoder.decode(new byte[0], null)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void s16_damagedMessagesAreUnderstoodOrRefused() {
        Random random = new Random(20261120);
        byte[][] whole = {
            new StoredForm().properties("UNIQ_KEY", UNIQ_KEY, "a", "b").bytes(),
            withoutCrc(CompressionType.ZLIB),
            withoutCrc(CompressionType.LZ4),
            withoutCrc(CompressionType.ZSTD)
        };
        int refused = 0;
        for (int i = 0; i < 40_000; i++) {
            byte[] damaged = damaged(whole[i % whole.length], random);
            try {
                decoder.decodeAll(damaged, i % 2 == 0 ? "broker-a" : null);
            } catch (ProtocolException e) { // anything else fails the test
                assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(512).doesNotContain("\n", "\r");
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 39_999);
    }

    private static byte[] withoutCrc(CompressionType type) {
        StoredForm form = new StoredForm().body(compressed(type, 3000), type.sysFlag());
        form.crc = false;
        return form.bytes();
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 1 -> System.arraycopy(bytes, 0, bytes, at, Math.min(8, bytes.length - at));
                default -> bytes[at] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }

    private static byte[] compressed(CompressionType type, int zeros) {
        try (Compressor compressor = Compressor.of(type, 5)) {
            ByteBuf out = Unpooled.buffer();
            assertThat(compressor.compress(new byte[zeros], out)).isTrue();
            return ByteBufUtil.getBytes(out);
        }
    }
}
