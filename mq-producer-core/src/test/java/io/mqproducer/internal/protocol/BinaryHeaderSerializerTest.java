package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryHeaderSerializerTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 5, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void f39_refusesALengthOfARemarkThatCannotBe(int length) {
        assertRefused(header -> fixed(header).writeInt(length).writeInt(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 7, 9, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void f39_refusesALengthOfTheFieldsThatIsNotTheRest(int length) {
        assertRefused(header -> {
            fixed(header).writeInt(0).writeInt(length);
            field(header, 1, "k", 1, "v");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 1025, Short.MAX_VALUE, Short.MIN_VALUE})
    void f39_refusesALengthOfAKeyThatCannotBe(int length) {
        assertRefused(withFields(header -> field(header, length, "k", 1, "")));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 65_537, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void f39_refusesALengthOfAValueThatCannotBe(int length) {
        assertRefused(withFields(header -> field(header, 1, "k", length, "v")));
    }

    @Test
    void f39_refusesAnOddTail() {
        assertRefused(withFields(header -> field(header, 1, "k", 1, "v").writeByte(0)));
        assertRefused(withFields(header ->
                field(header, 1, "k", 1, "v").writeShort(1).writeByte('x').writeShort(0)));
    }

    @Test
    void f39_refusesAValueThatIsTooLongThoughItIsThere() {
        assertRefused(withFields(header -> field(header, 1, "k", 65_537, "v".repeat(65_537))));
    }

    @Test
    void f39_refusesTooManyFields() {
        assertThatThrownBy(() -> Frames.readBinary(withFields(header -> {
                    for (int i = 0; i < 257; i++) {
                        field(header, 1, "k", 1, "v");
                    }
                })))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("header has more than 256 fields");
    }

    @Test
    void f40_letsTheLastOfRepeatedKeysWinAndKeepsEmptyValues() {
        RemotingCommand read = Frames.readBinary(withFields(header -> {
            field(header, 1, "k", 1, "1");
            field(header, 1, "k", 1, "2");
            field(header, 1, "e", 0, "");
        }));

        assertThat(read.fields()).isEqualTo(Frames.fields("k", "2", "e", ""));
    }

    @Test
    void f42_keepsTheBeginningOfALongRemarkInOneLine() {
        String remark = "bad\r\n" + "\u20AC".repeat(20_000);
        int length = remark.getBytes(UTF_8).length;

        RemotingCommand read = Frames.readBinary(header -> {
            fixed(header).writeInt(length).writeCharSequence(remark, UTF_8);
            header.writeInt(0);
        });

        assertThat(read.remark()).startsWith("bad\\u000d\\u000a\u20AC").endsWith("\u20AC…");
        assertThat(read.remark()).hasSize(FrameLimits.MAX_REMARK);
    }

    @Test
    void readsSignedCodesAndAnyOpaque() {
        RemotingCommand read = Frames.readBinary(header -> header.writeShort(-2)
                .writeByte(99)
                .writeShort(513)
                .writeInt(Integer.MIN_VALUE)
                .writeInt(3)
                .writeInt(0)
                .writeInt(0));

        assertThat(read.code()).isEqualTo(-2);
        assertThat(read.opaque()).isEqualTo(Integer.MIN_VALUE);
        assertThat(read.isOneway()).isTrue();
        assertThat(read.isResponse()).isTrue();
    }

    private static void assertRefused(Consumer<ByteBuf> header) {
        assertThatThrownBy(() -> Frames.readBinary(header)).isInstanceOf(ProtocolException.class);
    }

    private static ByteBuf fixed(ByteBuf header) {
        return header.writeShort(0).writeByte(0).writeShort(513).writeInt(1).writeInt(1);
    }

    private static Consumer<ByteBuf> withFields(Consumer<ByteBuf> fields) {
        return header -> {
            fixed(header).writeInt(0).writeInt(0);
            int start = header.writerIndex();
            fields.accept(header);
            header.setInt(start - Integer.BYTES, header.writerIndex() - start);
        };
    }

    private static ByteBuf field(ByteBuf header, int keyLength, String key, int valueLength, String value) {
        header.writeShort(keyLength).writeCharSequence(key, UTF_8);
        header.writeInt(valueLength).writeCharSequence(value, UTF_8);
        return header;
    }
}
