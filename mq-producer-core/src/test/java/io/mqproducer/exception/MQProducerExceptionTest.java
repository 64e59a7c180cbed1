package io.mqproducer.exception;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MQProducerExceptionTest {

    private static final IOException REFUSED = new IOException("refused");
    private static final IOException RESET = new IOException("reset");

    @Test
    void saysItsKindFirst() {
        assertThat(new MessageNotStoredException(FailureKind.NO_ROUTE, "No route info of this topic: T"))
                .hasMessage("NO_ROUTE No route info of this topic: T");
        assertThat(new MessageMaybeStoredException(FailureKind.TIMEOUT, "no answer within 3000 ms"))
                .hasMessage("TIMEOUT no answer within 3000 ms");
        assertThat(new ReplyTimeoutException(FailureKind.REPLY_TIMEOUT, "request stored"))
                .hasMessage("REPLY_TIMEOUT request stored");
        assertThat(new RequestFailedException(FailureKind.CLOSED, "producer is closed"))
                .hasMessage("CLOSED producer is closed");
    }

    @Test
    void s20_isOneBoundedLineWhateverItsTextIsMadeOf() {
        assertThat(new RequestFailedException(FailureKind.PROTOCOL, "a\r\nb\u2028c\u202ed"))
                .hasMessage("PROTOCOL a??b?c?d");

        assertThat(new RequestFailedException(FailureKind.NAME_SERVER_UNAVAILABLE, "x".repeat(5_000)).getMessage())
                .hasSize("NAME_SERVER_UNAVAILABLE ".length() + 1_000)
                .endsWith("x…");
    }

    @Test
    void knowsNothingMoreThanItWasTold() {
        MQProducerException e = new RequestFailedException(FailureKind.CLOSED, "producer is closed");

        assertThat(e.kind()).isEqualTo(FailureKind.CLOSED);
        assertThat(e.attempts()).isEmpty();
        assertThat(e.responseCode()).isEmpty();
        assertThat(e.msgId()).isEmpty();
        assertThat(e.getCause()).isNull();
    }

    @Test
    void keepsTheErrorOfEveryAttempt() {
        MQProducerException e = new MessageMaybeStoredException(report());

        assertThat(e.attempts()).hasSize(2);
        assertThat(e.responseCode()).hasValue(14);
        assertThat(e.msgId()).contains("ID");
        assertThat(e).hasCause(RESET);
        assertThat(e.getSuppressed()).containsExactly(REFUSED);
    }

    @Test
    void answersEvenAfterATripThroughAStream() throws Exception {
        MQProducerException sent = new MessageMaybeStoredException(report());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            MQProducerException received = (MQProducerException) in.readObject();

            assertThat(received).hasMessage(sent.getMessage());
            assertThat(received.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(received.attempts()).isEmpty();
            assertThat(received.responseCode()).isEmpty();
            assertThat(received.msgId()).isEmpty();
        }
    }

    private static FailureReport report() {
        Attempt first = Attempt.builder(1, Outcome.NOT_STORED)
                .kind(FailureKind.CONNECT_FAILED)
                .cause(REFUSED)
                .build();
        Attempt second = Attempt.builder(2, Outcome.MAYBE_STORED)
                .kind(FailureKind.CONNECTION_LOST)
                .cause(RESET)
                .build();
        return FailureReport.of(FailureKind.TIMEOUT, "text")
                .withAttempts(List.of(first, second))
                .withResponseCode(14)
                .withMsgId("ID")
                .withCause(RESET);
    }

    @Test
    void anAttemptSaysWhereItWentAndWhatHappened() {
        Attempt attempt = Attempt.builder(2, Outcome.MAYBE_STORED)
                .queue(new MessageQueue("T", "broker-a", 3))
                .brokerAddress("10.0.0.1:10911")
                .elapsed(Duration.ofMillis(1500))
                .kind(FailureKind.TIMEOUT)
                .responseCode(2)
                .detail("no answer in 1500 ms")
                .build();

        assertThat(attempt).hasToString("broker-a@10.0.0.1:10911 q3: no answer in 1500 ms");
        assertThat(attempt.number()).isEqualTo(2);
        assertThat(attempt.outcome()).isEqualTo(Outcome.MAYBE_STORED);
        assertThat(attempt.elapsed()).isEqualTo(Duration.ofMillis(1500));
        assertThat(attempt.kind()).contains(FailureKind.TIMEOUT);
        assertThat(attempt.responseCode()).hasValue(2);
        assertThat(attempt.brokerAddress()).contains("10.0.0.1:10911");
    }

    @Test
    void anAttemptThatFoundNoQueueSaysWhatHappenedOnly() {
        Attempt attempt =
                Attempt.builder(1, Outcome.NOT_STORED).detail("no route").build();

        assertThat(attempt).hasToString("no route");
        assertThat(attempt.queue()).isEmpty();
        assertThat(attempt.responseCode()).isEmpty();
        assertThat(attempt.kind()).isEmpty();
        assertThat(attempt.cause()).isEmpty();
    }

    @Test
    void aBatchFailsForTheReasonOfItsFirstFailure() {
        BatchSendResult result = BatchSendResult.builder()
                .failed(Outcome.NOT_STORED, FailureKind.BUFFER_FULL)
                .failed(Outcome.MAYBE_STORED, FailureKind.TIMEOUT)
                .build();

        BatchNotFullyStoredException e = new BatchNotFullyStoredException(result);

        assertThat(e).hasMessage("BUFFER_FULL 2 of 2 messages are not known to be stored");
        assertThat(e.kind()).isEqualTo(FailureKind.BUFFER_FULL);
        assertThat(e.result()).isSameAs(result);
    }
}
