package io.mqproducer.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mqproducer.message.MessageView;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransactionCheckersTest {

    private final TransactionChecker payments = TransactionChecker.of("payments", half -> TransactionState.COMMIT);
    private final TransactionChecker others = half -> TransactionState.ROLLBACK;

    @Test
    void eachTopicHasItsOwnAndAllOthersHaveOne() {
        TransactionCheckers checkers = new TransactionCheckers(List.of(payments, others));

        assertThat(checkers.of("payments")).isSameAs(payments);
        assertThat(checkers.of("orders")).isSameAs(others);
        assertThat(checkers.topics()).containsExactly("payments");
        assertThat(checkers.coverAll()).isTrue();
        assertThat(checkers.isEmpty()).isFalse();
    }

    @Test
    void aTopicThatNobodyNamesHasNone() {
        TransactionCheckers checkers = new TransactionCheckers(List.of(payments));

        assertThat(checkers.of("orders")).isNull();
        assertThat(checkers.coverAll()).isFalse();
        assertThat(new TransactionCheckers(List.of()).isEmpty()).isTrue();
    }

    @Test
    void twoForATopicAreRefused() {
        TransactionChecker both = new TransactionChecker() {
            @Override
            public Set<String> topics() {
                return Set.of("payments", "orders");
            }

            @Override
            public TransactionState check(MessageView message) {
                return TransactionState.COMMIT;
            }

            @Override
            public String toString() {
                return "both";
            }
        };

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransactionCheckers(List.of(payments, both)))
                .withMessage("transaction-checker: topic payments must have one only, got TransactionChecker[payments]"
                        + " and both");
    }

    @Test
    void twoForAllOthersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransactionCheckers(List.of(others, half -> null)))
                .withMessageStartingWith(
                        "transaction-checker: all topics that no other names must have one only, got ");
    }
}
