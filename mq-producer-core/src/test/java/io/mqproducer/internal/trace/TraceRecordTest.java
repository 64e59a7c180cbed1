package io.mqproducer.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.TransactionState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceRecordTest {

    private static final TraceRecord.Subject SUBJECT = new TraceRecord.Subject(
            1795148004591L, "r1", "PGTR", "T1", "FD00", "TagA", List.of("k1", "k2"), "127.0.0.1:29112");
    private static final TraceRecord.Subject BARE =
            new TraceRecord.Subject(1, null, "G", "T", "ID", null, List.of(), null);

    @Test
    void v3_aMessageThatWasSentIsWrittenAsRocketMQsClientWritesIt() {
        TraceRecord traced = TraceRecord.sent(SUBJECT, 29, 7, TraceRecord.Type.NORMAL, "7F000001", true);

        assertThat(fields(traced))
                .isEqualTo("Pub|1795148004591|r1|PGTR|T1|FD00|TagA|k1 k2|127.0.0.1:29112|29|7|0|7F000001|true");
        assertThat(traced.msgId()).isEqualTo("FD00");
        assertThat(traced.keys()).containsExactly("k1", "k2");
    }

    @Test
    void v3_whatIsNotKnownIsNull() {
        assertThat(fields(TraceRecord.sent(BARE, 1, 0, TraceRecord.Type.ORDERED, null, false)))
                .isEqualTo("Pub|1|DefaultRegion|G|T|ID|null|null|null|1|0|4|null|false");
    }

    @ParameterizedTest
    @CsvSource({"COMMIT, COMMIT_MESSAGE", "ROLLBACK, ROLLBACK_MESSAGE", "UNKNOWN, UNKNOW"})
    void v3_theEndOfATransaction(TransactionState state, String name) {
        assertThat(fields(TraceRecord.transactionEnded(SUBJECT, "TX", state, true)))
                .isEqualTo("EndTransaction|1795148004591|r1|PGTR|T1|FD00|TagA|k1 k2|127.0.0.1:29112|2|TX|" + name
                        + "|true");
    }

    @Test
    void v3_aRecall() {
        assertThat(fields(TraceRecord.recalled(SUBJECT, false)))
                .isEqualTo("Recall|1795148004591|r1|PGTR|T1|FD00|false");
    }

    private static String fields(TraceRecord traced) {
        return traced.text().replace('\u0001', '|');
    }
}
