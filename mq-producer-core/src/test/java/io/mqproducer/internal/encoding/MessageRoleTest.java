package io.mqproducer.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRoleTest extends PreparerFixture {

    @Test
    void n2_aHalfMessageBearsItsGroupBehindItsOwnPropertiesAndTheFlag() {
        Message message = Message.builder("T").body(bytes(1)).property("a", "b").build();

        OutboundMessage half =
                preparer(Configs.standard(), null).prepare(message, MessageRole.half("ns%PG", ok -> null), 0, false);

        Map<String, String> properties = WireProperties.of(half);
        assertThat(properties)
                .containsEntry("TRAN_MSG", "true")
                .containsEntry("PGROUP", "ns%PG")
                .containsEntry("a", "b")
                .containsKey("UNIQ_KEY");
        assertThat(half.sysFlag()).isEqualTo(4);
        assertThat(half.requestCode()).isEqualTo(310);
        half.release();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void n2_theFlagOfAHalfMessageStandsBesideThatOfItsCompression(boolean atOnce) {
        MessagePreparer preparer = preparer(Configs.standard(), zlib);
        OutboundMessage half =
                preparer.prepare(Message.of("T", bytes(5000)), MessageRole.half("PG", ok -> null), 0, atOnce);
        if (!atOnce) {
            preparer.compress(half);
        }

        assertThat(half.sysFlag()).isEqualTo(0x305);
        assertThat(inflated(bodyOf(half), 5000)).isEqualTo(bytes(5000));
        half.release();
    }

    @Test
    void n8_aMessageThatIsNotFitForItsRoleIsRefusedWithTheReason() {
        MessageRole picky = MessageRole.half("PG", message -> "no good on Fridays");

        assertThatThrownBy(() -> preparer(Configs.standard(), null).prepare(Message.of("T", bytes(1)), picky, 0, false))
                .isInstanceOfSatisfying(
                        MessageNotStoredException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(FailureKind.INVALID_MESSAGE))
                .hasMessageContaining("invalid message: no good on Fridays, topic T");
    }

    @Test
    void o1_aRequestSaysWhoWantsTheReplyAndForHowLong() {
        OutboundMessage request = preparer(Configs.standard(), null)
                .prepare(
                        Message.of("T", bytes(1)),
                        MessageRole.request("c-1", "client", Duration.ofMillis(1500)),
                        0,
                        false);

        assertThat(WireProperties.of(request))
                .containsEntry("CORRELATION_ID", "c-1")
                .containsEntry("REPLY_TO_CLIENT", "client")
                .containsEntry("TTL", "1500");
        assertThat(request.sysFlag()).isZero();
        assertThat(request.requestCode()).isEqualTo(310);
        request.release();
    }

    @Test
    void o7_aReplyIsARequestOfItsOwnKind() {
        OutboundMessage reply = preparer(Configs.standard(), null)
                .prepare(Message.of("C_REPLY_TOPIC", bytes(1)), MessageRole.reply("c-1", "client", "1500"), 0, false);

        assertThat(WireProperties.of(reply))
                .containsEntry("MSG_TYPE", "reply")
                .containsEntry("CORRELATION_ID", "c-1")
                .containsEntry("REPLY_TO_CLIENT", "client")
                .containsEntry("TTL", "1500");
        assertThat(reply.requestCode()).isEqualTo(325);
        reply.release();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0001b", "a\u0002TRAN_MSG\u0001true"})
    void aPeersValueCannotSmuggleInAnotherProperty(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageRole.reply(value, "client", "1500"))
                .withMessage("property CORRELATION_ID must not be empty or contain U+0001 or U+0002");
    }

    @Test
    void aLongGroupHasRoomToo() {
        String group = "g".repeat(5000);

        OutboundMessage half = preparer(Configs.standard(), null)
                .prepare(Message.of("T", bytes(1)), MessageRole.half(group, ok -> null), 0, false);

        assertThat(WireProperties.of(half)).containsEntry("PGROUP", group);
        half.release();
    }
}
