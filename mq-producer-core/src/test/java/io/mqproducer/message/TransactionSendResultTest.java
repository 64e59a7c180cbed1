package io.mqproducer.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransactionSendResultTest {

    private final SendResult half = SendResult.builder("id", new MessageQueue("T", "broker-a", 1), 7)
            .offsetMsgId("offset")
            .regionId("region")
            .attempts(2)
            .build();

    @Test
    void n10_tellsWhatTheAnswerToTheHalfMessageTells() {
        TransactionSendResult result = TransactionSendResult.of(half, TransactionState.COMMIT, true);

        assertThat(result.sendResult()).isSameAs(half);
        assertThat(result.status()).isEqualTo(SendStatus.SEND_OK);
        assertThat(result.msgId()).isEqualTo("id");
        assertThat(result.queue()).isEqualTo(half.queue());
        assertThat(result.queueOffset()).isEqualTo(7);
        assertThat(result.offsetMsgId()).contains("offset");
        assertThat(result.regionId()).contains("region");
        assertThat(result.attempts()).isEqualTo(2);
        assertThat(result.transactionState()).isEqualTo(TransactionState.COMMIT);
        assertThat(result.confirmed()).isTrue();
        assertThat(result).hasToString("TransactionSendResult[COMMIT, " + half + "]");
    }

    @Test
    void theTransactionIsCalledAsTheBrokerCallsItElseAsTheMessage() {
        SendResult named =
                SendResult.builder("id", half.queue(), 7).transactionId("tx").build();

        assertThat(TransactionSendResult.of(named, TransactionState.COMMIT, true)
                        .transactionId())
                .isEqualTo("tx");
        assertThat(TransactionSendResult.of(half, TransactionState.COMMIT, true).transactionId())
                .isEqualTo("id");
    }

    @Test
    void isEqualToOneOfTheSameValues() {
        TransactionSendResult result = TransactionSendResult.of(half, TransactionState.ROLLBACK, false);

        assertThat(result)
                .isEqualTo(TransactionSendResult.of(half, TransactionState.ROLLBACK, false))
                .hasSameHashCodeAs(TransactionSendResult.of(half, TransactionState.ROLLBACK, false))
                .isNotEqualTo(TransactionSendResult.of(half, TransactionState.ROLLBACK, true))
                .isNotEqualTo(TransactionSendResult.of(half, TransactionState.COMMIT, false))
                .hasToString("TransactionSendResult[ROLLBACK unconfirmed, " + half + "]");
    }
}
