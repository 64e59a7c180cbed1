package io.mqproducer.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageLimitsTest extends PreparerFixture {

    @Test
    void f78_takesABodyOfExactlyTheLimit() {
        OutboundMessage outbound =
                preparer(Configs.standard(), null).prepare(Message.of("T", noise(LIMIT)), MessageRole.NORMAL, 0, true);

        assertThat(outbound.wireBodySize()).isEqualTo(LIMIT);
        outbound.release();
    }

    @Test
    void f78_refusesABodyOneByteAboveTheLimit() {
        Message message = Message.of("T", noise(LIMIT + 1));

        assertInvalid(Configs.standard(), null, message, "invalid message: body 4194305 bytes, limit 4194304");
        assertInvalid(Configs.standard(), zlib, message, "invalid message: body 4194305 bytes, limit 4194304");
    }

    @Test
    void f78_countsTheBodyAsItGoesOnTheWire() {
        OutboundMessage outbound = preparer(Configs.standard(), zlib)
                .prepare(Message.of("T", new byte[16 * LIMIT]), MessageRole.NORMAL, 0, true);

        assertThat(outbound.wireBodySize()).isLessThan(LIMIT);
        outbound.release();
    }

    @Test
    void f78_doesNotTryToCompressWhatIsFarTooLarge() {
        Message message = Message.of("T", new byte[16 * 1024 + 1]);

        assertInvalid(
                Configs.withSizes(1024, 100),
                new Failing(),
                message,
                "invalid message: body before compression 16385 bytes, limit 16384");
    }

    @Test
    void f78_countsPropertiesInBytesWithOursAndRoomForTheBrokers() {
        int ours = ("UNIQ_KEY=" + "0".repeat(32) + ";WAIT=true;" + "p=;").length();
        int room = 32_767 - 300 - ours;
        Message threeByteCharacters = withProperty("中".repeat(room / 3) + "a".repeat(room % 3));
        Message oneTooMany = withProperty("中".repeat(room / 3) + "a".repeat(room % 3 + 1));

        OutboundMessage outbound =
                preparer(Configs.standard(), null).prepare(threeByteCharacters, MessageRole.NORMAL, 0, true);

        assertThat(outbound.propertiesLength()).isEqualTo(32_467);
        outbound.release();
        assertInvalid(Configs.standard(), null, oneTooMany, "invalid message: properties 32468 bytes, limit 32467");
    }

    @Test
    void f78_refusesGiganticPropertiesWithoutEncodingThem() {
        Message message = withProperty("a".repeat(40_000_000));

        assertInvalid(
                Configs.standard(),
                null,
                message,
                "invalid message: properties 40000003 characters, limit 32467 bytes");
    }

    private static Message withProperty(String value) {
        return Message.builder("T").body(bytes(1)).property("p", value).build();
    }

    @Test
    void f78_countsTheNamespaceIntoTheTopic() {
        ProducerConfig config = Configs.inNamespace("tenant");

        preparer(config, null)
                .prepare(Message.of("t".repeat(120), bytes(1)), MessageRole.NORMAL, 0, true)
                .release();

        Message tooLong = Message.of("t".repeat(121), bytes(1));
        assertInvalid(config, null, tooLong, "invalid message: topic with namespace 128 characters, limit 127");
        preparer(Configs.standard(), null)
                .prepare(Message.of("t".repeat(127), bytes(1)), MessageRole.NORMAL, 0, true)
                .release();
    }

    private void assertInvalid(ProducerConfig config, @Nullable Compressor compressor, Message message, String text) {
        assertThatThrownBy(() -> preparer(config, compressor).prepare(message, MessageRole.NORMAL, 0, true))
                .isInstanceOfSatisfying(
                        MessageNotStoredException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.INVALID_MESSAGE))
                .hasMessage("INVALID_MESSAGE " + text + ", topic " + message.topic());
    }
}
