package io.mqproducer.internal.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.CompressionType;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several messages as one request, taken apart by the layout of the protocol file, 2.8. */
class BatchEncodingTest extends PreparerFixture {

    /** A record as it was found. */
    private record Found(int magic, int crc, int flag, byte[] body, String properties) {}

    @Test
    void m1_eachMessageIsARecordWithAnIdOfItsOwn() {
        OutboundBatch batch = preparer(Configs.standard(), null)
                .prepareBatch(
                        List.of(
                                Message.builder("T")
                                        .body("hello".getBytes(UTF_8))
                                        .flag(3)
                                        .build(),
                                Message.builder("T")
                                        .body("w".getBytes(UTF_8))
                                        .tag("TagB")
                                        .build()),
                        0);

        List<Found> records = recordsOf(batch.request());
        assertThat(records).hasSize(2);
        assertThat(records.get(0).flag()).isEqualTo(3);
        assertThat(records.get(0).body()).asString(UTF_8).isEqualTo("hello");
        assertThat(records.get(0).properties())
                .isEqualTo("UNIQ_KEY\u0001" + ids.toString(batch.ids()[0]) + "\u0002WAIT\u0001true\u0002");
        assertThat(records.get(1).body()).asString(UTF_8).isEqualTo("w");
        assertThat(records.get(1).properties())
                .isEqualTo("UNIQ_KEY\u0001" + ids.toString(batch.ids()[1])
                        + "\u0002WAIT\u0001true\u0002TAGS\u0001TagB\u0002");
        assertThat(batch.ids()).doesNotHaveDuplicates();
        assertThat(records).allSatisfy(found -> {
            assertThat(found.magic()).isZero();
            assertThat(found.crc()).isZero();
        });
        batch.request().release();
    }

    @Test
    void m1_theRequestSaysWhatAllHaveInCommonAndNoMore() {
        OutboundBatch batch = preparer(Configs.standard(), null)
                .prepareBatch(
                        List.of(
                                Message.builder("T")
                                        .body(bytes(1))
                                        .waitForStore(false)
                                        .tag("A")
                                        .build(),
                                Message.builder("T")
                                        .body(bytes(1))
                                        .waitForStore(false)
                                        .tag("B")
                                        .build()),
                        0);

        OutboundMessage request = batch.request();
        assertThat(request.requestCode()).isEqualTo(RequestCode.SEND_BATCH_MESSAGE.code());
        assertThat(request.content().toString(request.contentIndex(), request.propertiesLength(), UTF_8))
                .isEqualTo("WAIT\u0001false\u0002");
        assertThat(request.flag()).isZero();
        assertThat(request.topic()).isEqualTo("T");
        request.release();
    }

    @Test
    void j6_ifThatMakesTheBatchSmallerAllBodiesAreCompressed() {
        byte[] text = bytes(Configs.THRESHOLD);
        byte[] little = noise(40);

        OutboundBatch batch =
                preparer(Configs.standard(), zlib).prepareBatch(List.of(message(text), message(little)), 0);

        assertThat(batch.request().sysFlag()).isEqualTo(CompressionType.ZLIB.sysFlag());
        List<Found> records = recordsOf(batch.request());
        assertThat(inflated(records.get(0).body(), text.length)).isEqualTo(text);
        assertThat(records.get(0).body().length).isLessThan(text.length);
        assertThat(inflated(records.get(1).body(), little.length))
                .as("one that becomes larger is compressed with the others")
                .isEqualTo(little);
        batch.request().release();
    }

    @Test
    void j6_ifNotNoneIs() {
        byte[] large = noise(Configs.THRESHOLD);
        byte[] text = bytes(100);

        OutboundBatch batch =
                preparer(Configs.standard(), zlib).prepareBatch(List.of(message(large), message(text)), 0);

        assertThat(batch.request().sysFlag()).isZero();
        assertThat(recordsOf(batch.request())).extracting(Found::body).containsExactly(large, text);
        batch.request().release();
    }

    @Test
    void j6_bodiesThatAreAllBelowTheThresholdStayAsTheyAre() {
        OutboundBatch batch =
                preparer(Configs.standard(), zlib).prepareBatch(List.of(message(bytes(100)), message(bytes(100))), 0);

        assertThat(batch.request().sysFlag()).isZero();
        batch.request().release();
    }

    @Test
    void f87_aCodecThatThrowsLeavesTheBatchUncompressed() {
        byte[] text = bytes(Configs.THRESHOLD);

        OutboundBatch batch =
                preparer(Configs.standard(), new Failing()).prepareBatch(List.of(message(text), message(text)), 0);

        assertThat(batch.request().sysFlag()).isZero();
        assertThat(recordsOf(batch.request())).extracting(Found::body).containsExactly(text, text);
        batch.request().release();
    }

    @Test
    void m4_propertiesThatTheBrokerCannotStoreAreRefusedThoughTheBatchWouldBeSmallEnough() {
        Message tooMuch = Message.builder("T")
                .body(bytes(1))
                .property("p", "\u20ac".repeat(11_000))
                .build();

        assertThatThrownBy(() ->
                        preparer(Configs.standard(), null).prepareBatch(List.of(message(bytes(1)), tooMuch), 0))
                .isInstanceOfSatisfying(MessageNotStoredException.class, e -> {
                    assertThat(e.kind()).isEqualTo(FailureKind.INVALID_MESSAGE);
                    assertThat(e).hasMessageContaining("properties");
                });
    }

    @Test
    void messagesThatWereEncodedOneByOneMakeTheSameRequest() {
        MessagePreparer preparer = preparer(Configs.standard(), null);
        Message first = Message.builder("T").body(bytes(5)).flag(7).keys("k").build();
        Message second = Message.builder("T").body(bytes(9)).build();
        OutboundMessage one = preparer.prepare(first, MessageRole.NORMAL, 0, false);
        OutboundMessage other = preparer.prepare(second, MessageRole.NORMAL, 0, false);

        CombinedMessages combined = CombinedMessages.of(List.of(one, other), true, allocator);

        List<Found> records = records(
                combined.content(), combined.contentIndex() + combined.propertiesLength(), combined.wireBodySize());
        assertThat(records).extracting(Found::body).containsExactly(bytes(5), bytes(9));
        assertThat(records).extracting(Found::flag).containsExactly(7, 0);
        assertThat(records.get(0).properties()).contains("KEYS\u0001k\u0002", one.msgId());
        assertThat(records.get(1).properties()).contains(other.msgId());
        assertThat(combined.wireBodySize())
                .isEqualTo(CombinedMessages.recordSize(one) + CombinedMessages.recordSize(other));
        assertThat(combined.requestCode()).isEqualTo(RequestCode.SEND_BATCH_MESSAGE.code());
        combined.release();
        one.release();
        other.release();
    }

    private static Message message(byte[] body) {
        return Message.of("T", body);
    }

    private static List<Found> recordsOf(OutboundMessage request) {
        return records(request.content(), request.contentIndex() + request.propertiesLength(), request.wireBodySize());
    }

    private static List<Found> records(ByteBuf content, int start, int length) {
        ByteBuf in = content.slice(start, length);
        List<Found> records = new ArrayList<>();
        while (in.isReadable()) {
            int begin = in.readerIndex();
            int size = in.readInt();
            int magic = in.readInt();
            int crc = in.readInt();
            int flag = in.readInt();
            byte[] body = new byte[in.readInt()];
            in.readBytes(body);
            byte[] properties = new byte[in.readUnsignedShort()];
            in.readBytes(properties);
            assertThat(in.readerIndex() - begin).as("size of the record").isEqualTo(size);
            records.add(new Found(magic, crc, flag, body, new String(properties, UTF_8)));
        }
        return records;
    }
}
