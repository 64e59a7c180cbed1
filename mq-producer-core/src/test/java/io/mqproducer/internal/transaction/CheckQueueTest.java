package io.mqproducer.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.remoting.Peer;
import io.mqproducer.internal.transaction.CheckQueue.Offer;
import io.mqproducer.internal.util.Endpoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckQueueTest {

    private static final int CAPACITY = 3;

    private final CheckQueue queue = new CheckQueue(CAPACITY);

    @Test
    void handsQuestionsOutInTheirOrder() {
        queue.offer(check("a", 1));
        queue.offer(check("b", 2));

        assertThat(queue.take().msgId()).isEqualTo("a");
        assertThat(queue.take().msgId()).isEqualTo("b");
        assertThat(queue.take()).isNull();
    }

    @Test
    void f82_aQuestionThatFindsNoRoomIsRefused() {
        for (int i = 0; i < CAPACITY; i++) {
            assertThat(queue.offer(check("m" + i, i))).isEqualTo(Offer.ACCEPTED);
        }

        assertThat(queue.offer(check("more", 9))).isEqualTo(Offer.FULL);
        assertThat(queue.offer(check("m1", 9))).as("in place of an older one").isEqualTo(Offer.REPLACED);
        assertThat(queue.size()).isEqualTo(CAPACITY);
        queue.take();
        assertThat(queue.offer(check("more", 9))).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void f82_largeQuestionsFindLessRoomButOneAlwaysDoes() {
        byte[] huge = new byte[(int) CheckQueue.MAX_BYTES + 1];

        assertThat(queue.offer(check("huge", 1, huge))).isEqualTo(Offer.ACCEPTED);
        assertThat(queue.offer(check("small", 2))).isEqualTo(Offer.FULL);
        queue.take();
        assertThat(queue.offer(check("small", 2))).isEqualTo(Offer.ACCEPTED);
        assertThat(queue.offer(check("another", 3, huge))).isEqualTo(Offer.FULL);
    }

    @Test
    void aNewerQuestionTakesThePlaceOfAnOlderOneAboutTheSame() {
        queue.offer(check("a", 1));
        queue.offer(check("b", 2));
        queue.offer(check("a", 3));

        assertThat(queue.take().queueOffset()).isEqualTo(3);
        assertThat(queue.take().queueOffset()).isEqualTo(2);
        assertThat(queue.take()).isNull();
    }

    @Test
    void anAnswerIsForTheNewestQuestionThatCameMeanwhile() {
        queue.offer(check("a", 1));
        Check first = queue.take();

        assertThat(queue.newest(first)).isSameAs(first);
        assertThat(queue.offer(check("a", 2))).isEqualTo(Offer.REPLACED);
        assertThat(queue.offer(check("a", 3))).isEqualTo(Offer.REPLACED);
        assertThat(queue.take()).as("nobody else looks at the same").isNull();
        assertThat(queue.newest(first).queueOffset()).isEqualTo(3);
        assertThat(queue.done(first, true)).isFalse();
        assertThat(queue.take()).isNull();
    }

    @Test
    void aQuestionThatCameMeanwhileWaitsIfThereWasNoAnswer() {
        queue.offer(check("a", 1));
        Check first = queue.take();
        queue.offer(check("a", 2));

        assertThat(queue.done(first, false)).isTrue();

        assertThat(queue.take().queueOffset()).isEqualTo(2);
    }

    @Test
    void isEmptyOnceCleared() {
        queue.offer(check("a", 1, new byte[(int) CheckQueue.MAX_BYTES]));
        queue.clear();

        assertThat(queue.size()).isZero();
        assertThat(queue.offer(check("b", 2))).isEqualTo(Offer.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "tranStateTableOffset, , field tranStateTableOffset is missing",
        "commitLogOffset, x, 'field commitLogOffset'",
        "commitLogOffset, -1, 'field commitLogOffset'"
    })
    void aQuestionThatDoesNotSayWhereTheMessageIsIsNone(String field, String value, String text) {
        Map<String, String> fields = fields("a", 1);
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }

        Assertions.assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Check.of(request(fields, new byte[1]), NOBODY))
                .withMessageStartingWith(text);
    }

    @Test
    void withoutAnIdTheOffsetSaysWhatAQuestionIsAbout() {
        Map<String, String> fields = fields("a", 1);
        fields.remove("msgId");
        fields.remove("transactionId");

        Check check = Check.of(request(fields, new byte[1]), NOBODY);

        assertThat(check.subject()).isEqualTo("offset 100");
        assertThat(check.half("T", "id").transactionId()).isEqualTo("id");
        assertThat(check.half("T", "id").fromCheck()).isTrue();
    }

    private static Check check(String msgId, long offset) {
        return check(msgId, offset, new byte[1]);
    }

    private static Check check(String msgId, long offset, byte[] message) {
        return Check.of(request(fields(msgId, offset), message), NOBODY);
    }

    private static Map<String, String> fields(String msgId, long offset) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("tranStateTableOffset", Long.toString(offset));
        fields.put("commitLogOffset", Long.toString(100 * offset));
        fields.put("msgId", msgId);
        fields.put("transactionId", msgId);
        return fields;
    }

    private static RemotingCommand request(Map<String, String> fields, byte[] message) {
        return RemotingCommand.oneway(RequestCode.CHECK_TRANSACTION_STATE, fields, message);
    }

    private static final Peer NOBODY = new Peer() {
        @Override
        public Endpoint endpoint() {
            return new Endpoint("broker", 10911);
        }

        @Override
        public long openedAt() {
            return 0;
        }

        @Override
        public void answer(RemotingCommand answer) {
            throw new AssertionError("answered");
        }

        @Override
        public CompletableFuture<RemotingCommand> invoke(RemotingCommand request, Duration timeout) {
            throw new AssertionError("asked");
        }
    };
}
