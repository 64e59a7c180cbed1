package io.mqproducer.benchmarks.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SendAnswerTest {

    private static final int PREFIX = 8;

    /** As a broker of 5.5.0 wrote it, byte for byte, but for the second half of each id. */
    private static final String OF_THREE = "{\"code\":0,\"extFields\":{\"queueId\":\"2\","
            + "\"msgId\":\"7F000001000073FB0000000000000000,7F000001000073FB0000000000000001,"
            + "7F000001000073FB0000000000000002\",\"TRACE_ON\":\"true\",\"MSG_REGION\":\"DefaultRegion\","
            + "\"queueOffset\":\"0\"},\"flag\":1,\"language\":\"JAVA\",\"opaque\":7,"
            + "\"serializeTypeCurrentRPC\":\"JSON\",\"version\":513}";

    @Test
    void aBatchIsAnsweredWithAnIdForEachMessage() {
        assertThat(text(new SendAnswer(0x73FB, 3, false), 7)).isEqualTo(OF_THREE);
    }

    @Test
    void theIdOfARequestThatHasOneIsRepeated() {
        assertThat(text(new SendAnswer(0x73FB, 3, true), 7))
                .isEqualTo(OF_THREE.replace(
                        "\"msgId\"", "\"transactionId\":\"7F000001000118B4AAC2000000000000\",\"msgId\""));
    }

    @Test
    void offsetsGoOnByTheMessagesOfARequest() {
        SendAnswer answer = new SendAnswer(0x73FB, 3, false);
        text(answer, 7);

        assertThat(text(answer, 8)).contains("\"queueOffset\":\"3\"", "\"opaque\":8");
    }

    @Test
    void recordsAreCounted() {
        ByteBuf two = Unpooled.buffer().writeInt(22).writeZero(18).writeInt(25).writeZero(21);

        assertThat(BatchRequest.records(two, 0, two.writerIndex())).isEqualTo(2);
    }

    @Test
    void whatIsNoRecordIsNotCounted() {
        ByteBuf tooLong = Unpooled.buffer().writeInt(22).writeZero(17);
        ByteBuf tooShort = Unpooled.buffer().writeInt(21).writeZero(18);

        assertThatThrownBy(() -> BatchRequest.records(tooLong, 0, tooLong.writerIndex()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> BatchRequest.records(tooShort, 0, tooShort.writerIndex()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static String text(SendAnswer answer, int opaque) {
        ByteBuf out = Unpooled.buffer();
        answer.append(out, 2, opaque);
        assertThat(out.getInt(0)).isEqualTo(out.writerIndex() - Integer.BYTES);
        assertThat(out.getInt(Integer.BYTES)).isEqualTo(out.writerIndex() - PREFIX);
        return out.toString(PREFIX, out.writerIndex() - PREFIX, StandardCharsets.UTF_8);
    }
}
