package io.mqproducer.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mqproducer.internal.send.StoredHalf;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionState;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownTransactionsTest {

    private final KnownTransactions known = new KnownTransactions();

    @Test
    void oneIsFoundByItsIdUntilItIsRemoved() {
        OpenTransaction transaction = transaction("a");
        known.add(transaction);

        assertThat(known.get("a")).isSameAs(transaction);
        assertThat(known.get("b")).isNull();
        known.remove(transaction);
        assertThat(known.get("a")).isNull();
        assertThat(known.size()).isZero();
    }

    @Test
    void oneThatItsOwnerHasLostIsForgotten() {
        OpenTransaction kept = transaction("kept");
        known.add(kept);
        WeakReference<OpenTransaction> lost = addAndLose("lost");

        while (lost.get() != null || known.size() > 1) {
            System.gc();
        }

        assertThat(known.get("lost")).isNull();
        assertThat(known.get("kept")).isSameAs(kept);
    }

    private WeakReference<OpenTransaction> addAndLose(String msgId) {
        OpenTransaction transaction = transaction(msgId);
        known.add(transaction);
        return new WeakReference<>(transaction);
    }

    @Test
    void remembersWhatABrokerHasConfirmedSinceItsConnectionWasOpened() {
        known.settle(half("a"), 100);

        assertThat(known.isSettledSince(99, "a", "broker-a")).isTrue();
        assertThat(known.isSettledSince(100, "a", "broker-a")).isFalse();
        assertThat(known.isSettledSince(101, "a", "broker-a"))
                .as("told on an earlier connection")
                .isFalse();
        assertThat(known.isSettledSince(99, "b", "broker-a")).isFalse();
        assertThat(known.isSettledSince(99, "a", "broker-b"))
                .as("another broker")
                .isFalse();
        assertThat(known.isSettledSince(99, "a", null)).as("one of 4.9").isTrue();
    }

    @Test
    void remembersNoMoreThanTheLast() {
        for (int i = 0; i <= KnownTransactions.MOST_SETTLED; i++) {
            known.settle(half("m" + i), 100);
        }

        assertThat(known.isSettledSince(0, "m0", null)).isFalse();
        assertThat(known.isSettledSince(0, "m1", null)).isTrue();
    }

    @Test
    void whatABrokerCallsATransactionIsMadeFitForALog() {
        HalfMessage half = new HalfMessage("T", null, "a", "x\n" + "y".repeat(100), 7, 1234, true);

        assertThat(half.printableId()).startsWith("x").doesNotContain("\n").hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void f80_onlyOneOfOwnerAndCheckerTellsTheBroker() {
        OpenTransaction ownersFirst = transaction("a");
        assertThat(ownersFirst.claim(TransactionState.COMMIT)).isTrue();
        assertThat(ownersFirst.claimForChecker(TransactionState.ROLLBACK)).isFalse();
        ownersFirst.confirmed();
        assertThat(ownersFirst.result().transactionState()).isEqualTo(TransactionState.COMMIT);
        assertThat(ownersFirst.result().confirmed()).isTrue();

        OpenTransaction checkersFirst = transaction("a");
        assertThat(checkersFirst.claimForChecker(TransactionState.ROLLBACK)).isTrue();
        assertThat(checkersFirst.claimForChecker(TransactionState.ROLLBACK))
                .as("asked again")
                .isTrue();
        assertThat(checkersFirst.claim(TransactionState.COMMIT)).isFalse();
        assertThat(checkersFirst.result().transactionState()).isEqualTo(TransactionState.ROLLBACK);
        assertThat(checkersFirst.result().confirmed()).isFalse();
    }

    @Test
    void anOwnerEndsATransactionOnce() {
        OpenTransaction transaction = transaction("a");
        transaction.claim(TransactionState.ROLLBACK);

        assertThatIllegalStateException()
                .isThrownBy(() -> transaction.claim(TransactionState.COMMIT))
                .withMessage("transaction tx is ended already, with ROLLBACK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7F00000100002A9F00000000000004D2", "20010DB800000000000000000000000100002A9F00000000000004D2"})
    void theOffsetIdSaysWhereTheHalfMessageIs(String offsetMsgId) {
        HalfMessage half = HalfMessage.of(stored("a", offsetMsgId));

        assertThat(half).isEqualTo(new HalfMessage("T", "broker-a", "a", "tx", 7, 1234, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "7F00000100002A9F", "zz"})
    void anOffsetIdThatIsNoneIsRefused(String offsetMsgId) {
        assertThatIllegalArgumentException().isThrownBy(() -> HalfMessage.of(stored("a", offsetMsgId)));
    }

    private static HalfMessage half(String msgId) {
        return HalfMessage.of(stored(msgId, "7F00000100002A9F00000000000004D2"));
    }

    private static OpenTransaction transaction(String msgId) {
        StoredHalf stored = stored(msgId, "7F00000100002A9F00000000000004D2");
        return new OpenTransaction(stored, HalfMessage.of(stored), false);
    }

    private static StoredHalf stored(String msgId, @Nullable String offsetMsgId) {
        SendResult result = SendResult.builder(msgId, new MessageQueue("T", "broker-a", 0), 7)
                .offsetMsgId(offsetMsgId)
                .transactionId("tx")
                .build();
        return new StoredHalf(Message.of("T", new byte[1]), result, new Endpoint("127.0.0.1", 10911));
    }
}
