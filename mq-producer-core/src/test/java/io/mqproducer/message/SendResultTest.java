package io.mqproducer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SendResultTest {

    private static final MessageQueue QUEUE = new MessageQueue("T", "broker-a", 3);

    @Test
    void isStoredAtTheFirstAttemptIfNothingElseIsSaid() {
        SendResult result = SendResult.builder("ID", QUEUE, 7).build();

        assertThat(result.status()).isEqualTo(SendStatus.SEND_OK);
        assertThat(result.msgId()).isEqualTo("ID");
        assertThat(result.queue()).isEqualTo(QUEUE);
        assertThat(result.queueOffset()).isEqualTo(7);
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.mayBeDuplicate()).isFalse();
        assertThat(result.offsetMsgId()).isEmpty();
        assertThat(result.transactionId()).isEmpty();
        assertThat(result.regionId()).isEmpty();
        assertThat(result.recallHandle()).isEmpty();
    }

    @Test
    void saysAllThatTheBrokerSaid() {
        SendResult result = full().build();

        assertThat(result.offsetMsgId()).contains("OFFSET");
        assertThat(result.transactionId()).contains("TX");
        assertThat(result.regionId()).contains("R");
        assertThat(result.recallHandle()).contains("H");
        assertThat(result)
                .hasToString("SendResult[FLUSH_DISK_TIMEOUT, msgId=ID, queue=broker-a:T:3, queueOffset=7,"
                        + " offsetMsgId=OFFSET, attempts=2, mayBeDuplicate=true]");
        assertThat(result).isEqualTo(full().build()).hasSameHashCodeAs(full().build());
        assertThat(result).isNotEqualTo(full().attempts(3).build());
    }

    private static SendResult.Builder full() {
        return SendResult.builder("ID", QUEUE, 7)
                .status(SendStatus.FLUSH_DISK_TIMEOUT)
                .offsetMsgId("OFFSET")
                .transactionId("TX")
                .regionId("R")
                .recallHandle("H")
                .attempts(2)
                .mayBeDuplicate(true);
    }

    @Test
    void onlySendOkIsAFullAcknowledgement() {
        for (SendStatus status : SendStatus.values()) {
            assertThat(status.outcome()).isEqualTo(status == SendStatus.SEND_OK ? Outcome.ACKED : Outcome.WEAK);
        }
    }

    @Test
    void aBatchTellsOfEachMessage() {
        SendResult stored = SendResult.builder("ID", QUEUE, 7).build();

        BatchSendResult result = BatchSendResult.builder()
                .stored(stored)
                .failed(Outcome.MAYBE_STORED, FailureKind.TIMEOUT)
                .build();

        assertThat(result.allStored()).isFalse();
        assertThat(result.elements()).hasSize(2);
        assertThat(result.elements().get(0).result()).contains(stored);
        assertThat(result.elements().get(0).outcome()).isEqualTo(Outcome.ACKED);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.index()).isEqualTo(1);
            assertThat(failure.kind()).contains(FailureKind.TIMEOUT);
            assertThat(failure.result()).isEmpty();
        });
        assertThat(result).hasToString("BatchSendResult[2 messages, 1 not known to be stored]");
    }

    @Test
    void aBatchElementThatIsStoredIsNoFailure() {
        assertThatThrownBy(() -> BatchSendResult.builder().failed(Outcome.ACKED, FailureKind.TIMEOUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outcome must be NOT_STORED or MAYBE_STORED, got ACKED");
    }
}
