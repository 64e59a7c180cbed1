package io.mqproducer.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.message.TransactionState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndTransactionRequestsTest {

    private static final HalfMessage HALF = new HalfMessage("T", "broker-a", "MID", "TID", 3, 4, false);

    /** The fields of the official client's request, as the protocol's golden vector has them. */
    @Test
    void n5_saysOfTheHalfMessageWhatTheOfficialClientSays() {
        RemotingCommand request =
                new EndTransactionRequests(Namespace.NONE, "PG").request(HALF, TransactionState.COMMIT);

        assertThat(request.code()).isEqualTo(37);
        assertThat(request.isOneway()).isFalse();
        assertThat(request.body()).isEmpty();
        assertThat(request.fields())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "producerGroup", "PG",
                        "bname", "broker-a",
                        "commitLogOffset", "4",
                        "topic", "T",
                        "msgId", "MID",
                        "tranStateTableOffset", "3",
                        "commitOrRollback", "8",
                        "transactionId", "TID",
                        "fromTransactionCheck", "false"));
    }

    @Test
    void bearsTheNamespaceOfEitherKind() {
        assertThat(new EndTransactionRequests(new Namespace("ns", null), "PG")
                        .request(HALF, TransactionState.ROLLBACK)
                        .fields())
                .containsEntry("topic", "ns%T")
                .containsEntry("producerGroup", "ns%PG")
                .containsEntry("commitOrRollback", "12");
        assertThat(new EndTransactionRequests(new Namespace(null, "ns"), "PG")
                        .request(HALF, TransactionState.ROLLBACK)
                        .fields())
                .containsEntry("topic", "T")
                .containsEntry("ns", "ns")
                .containsEntry("nsd", "true");
    }

    @Test
    void noBrokerIsToldThatAStateIsUnknown() {
        EndTransactionRequests requests = new EndTransactionRequests(Namespace.NONE, "PG");

        assertThatIllegalArgumentException().isThrownBy(() -> requests.request(HALF, TransactionState.UNKNOWN));
    }
}
