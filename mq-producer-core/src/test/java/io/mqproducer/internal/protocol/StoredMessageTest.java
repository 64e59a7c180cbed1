package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.mqproducer.internal.StoredForm;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredMessageTest {

    /** Made with the jars of 5.5.0. */
    private static final String V1 = "000000afdaa320a73610a6860000000200000003000000000000001100000000000012340000"
            + "00000000018bcfe568000a0000070000c3cb0000018bcfe5687b0a00000100002a9f0000000100000000000000630000000568656c6c6f"
            + "0154004e636f6c6f757201626c6175e282ac024b455953016b31206b3202554e49515f4b45590130413042304330443041304230433044"
            + "304130423043304430413042304330440254414753015461674102";

    private static final String IPV6 = "000000c7daa320a73610a6860000000200000003000000000000001100000000000012340000"
            + "00300000018bcfe5680020010db80000000000000000000000070000c3cb0000018bcfe5687b20010db80000000000000000000000010000"
            + "2a9f0000000100000000000000630000000568656c6c6f0154004e636f6c6f757201626c6175e282ac024b455953016b31206b3202554e49"
            + "515f4b4559013041304230433044304130423043304430413042304330443041304230433044025441475301546167"
            + "4102";

    @Test
    void readsAMessageOfTheOfficialBroker() {
        StoredMessage message = readOne(ByteBufUtil.decodeHexDump(V1));

        assertThat(message.topic()).isEqualTo("T");
        assertThat(message.body()).isEqualTo("hello".getBytes(UTF_8));
        assertThat(message.queueId()).isEqualTo(2);
        assertThat(message.flag()).isEqualTo(3);
        assertThat(message.queueOffset()).isEqualTo(17);
        assertThat(message.physicalOffset()).isEqualTo(0x1234);
        assertThat(message.sysFlag()).isZero();
        assertThat(message.bornTimestamp()).isEqualTo(1_700_000_000_000L);
        assertThat(message.bornHost()).isEqualTo("10.0.0.7:50123");
        assertThat(message.storeTimestamp()).isEqualTo(1_700_000_000_123L);
        assertThat(message.storeHost()).isEqualTo("10.0.0.1:10911");
        assertThat(message.offsetMsgId()).isEqualTo("0A00000100002A9F0000000000001234");
        assertThat(message.reconsumeTimes()).isEqualTo(1);
        assertThat(message.preparedTransactionOffset()).isEqualTo(99);
        assertThat(message.properties())
                .containsOnly(
                        entry("colour", "blau\u20ac"),
                        entry("KEYS", "k1 k2"),
                        entry("UNIQ_KEY", "0A0B0C0D0A0B0C0D0A0B0C0D0A0B0C0D"),
                        entry("TAGS", "TagA"));
    }

    @Test
    void readsAddressesOfIpv6() {
        StoredMessage message = readOne(ByteBufUtil.decodeHexDump(IPV6));

        assertThat(message.bornHost()).isEqualTo("[2001:db8:0:0:0:0:0:7]:50123");
        assertThat(message.storeHost()).isEqualTo("[2001:db8:0:0:0:0:0:1]:10911");
        assertThat(message.offsetMsgId()).isEqualTo("20010DB800000000000000000000000100002A9F0000000000001234");
        assertThat(message.body()).isEqualTo("hello".getBytes(UTF_8));
        assertThat(message.properties()).containsEntry("TAGS", "TagA");
    }

    @Test
    void readsTheSecondVersionWithItsLongerTopics() {
        StoredForm form = new StoredForm().topic("x".repeat(300)).properties("a", "b");
        form.v2 = true;

        StoredMessage message = readOne(form.bytes());

        assertThat(message.topic()).isEqualTo("x".repeat(300));
        assertThat(message.properties()).containsExactly(entry("a", "b"));
    }

    @Test
    void readsATopicOfMoreThan127CharactersInTheFirstVersion() {
        assertThat(readOne(new StoredForm().topic("x".repeat(200)).bytes()).topic())
                .hasSize(200);
    }

    @Test
    void readsSeveralThatFollowEachOther() {
        byte[] both = ByteBufUtil.getBytes(Unpooled.wrappedBuffer(
                new StoredForm().topic("A").bytes(), new StoredForm().topic("B").bytes()));

        assertThat(StoredMessage.readAll(both)).extracting(StoredMessage::topic).containsExactly("A", "B");
        assertThat(StoredMessage.readAll(new byte[0])).isEmpty();
    }

    @Test
    void whatAStoredMessageMayHoldBesidesIsPassedOver() {
        byte[] message = new StoredForm().bytes();
        byte[] longer = ByteBufUtil.getBytes(Unpooled.wrappedBuffer(message, new byte[9], message));
        longer[3] += 9;

        assertThat(StoredMessage.readAll(longer)).hasSize(2);
    }

    @Test
    void aDamagedBodyIsRefused() {
        byte[] damaged = ByteBufUtil.decodeHexDump(V1);
        damaged[92] ^= 1; // one letter of the body

        assertRefused(damaged, "damaged");
    }

    @Test
    void aBodyWithoutChecksumIsTakenAsItIs() {
        StoredForm form = new StoredForm();
        form.crc = false;

        assertThat(readOne(form.bytes()).body()).isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    void s16_lengthsThatLieAreRefused() {
        assertRefused(with(0, 0x7F), "left");
        assertRefused(with(0, 0x80), "left");
        assertRefused(with(3, 4), "left");
        assertRefused(with(84, 0x7F), "left");
        assertRefused(with(84, 0xFF), "left");
        assertRefused(with(93, 0), "topic");
        assertRefused(with(93, 0xFF), "left");
        assertRefused(with(94, '\n'), "topic");
        assertRefused(with(95, 0xFF), "left");
        assertRefused(with(95, 0x7F), "left");
        assertRefused(with(4, 0), "magic");
        assertRefused(with(52, 0x7F), "port");
        assertRefused(new byte[] {0, 0, 0}, "left");
    }

    @Test
    void s16_moreThanEnoughRecordsAreRefusedEarly() {
        byte[] one = new StoredForm().body(new byte[0], 0).bytes();
        byte[] many = new byte[one.length * 20_000];
        for (int i = 0; i < many.length; i += one.length) {
            System.arraycopy(one, 0, many, i, one.length);
        }

        assertRefused(many, "more than 4096 messages");
    }

    /** The golden message with one byte changed. */
    private static byte[] with(int index, int value) {
        byte[] bytes = ByteBufUtil.decodeHexDump(V1);
        bytes[index] = (byte) value;
        return bytes;
    }

    private static void assertRefused(byte[] bytes, String word) {
        assertThatThrownBy(() -> StoredMessage.readAll(bytes))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(word)
                .hasMessageNotContaining("\n");
    }

    private static StoredMessage readOne(byte[] bytes) {
        List<StoredMessage> messages = StoredMessage.readAll(bytes);
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }
}
