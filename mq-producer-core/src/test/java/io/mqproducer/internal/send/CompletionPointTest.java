package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.Threads;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.spi.SendOutcome;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The one place where the outcome of a send is decided, {@link PendingSend}. */
class CompletionPointTest {

    private static final int ROUNDS = 100;
    private static final int SENDS_PER_ROUND = 1000;
    private static final SendFailure LOST =
            SendFailure.of(FailureKind.CONNECTION_LOST, true, "the owner's failure", null);

    private final SendFixture fixture = new SendFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theFirstDecisionStandsWhoeverMakesIt() {
        TestSend owners = fixture.send();
        assertThat(owners.decideFailed(LOST)).isTrue();
        assertThat(owners.abandon(FailureKind.CANCELLED, "cancelled")).isFalse();
        assertThat(owners.decideHandedOver()).isFalse();
        assertThat(owners.decideFailed(LOST)).isFalse();
        assertThat(kindOf(owners.concluded())).isEqualTo(FailureKind.CONNECTION_LOST);

        TestSend callers = fixture.send();
        assertThat(callers.abandon(FailureKind.CANCELLED, "cancelled")).isTrue();
        assertThat(callers.decideFailed(LOST)).isFalse();
        assertThat(callers.abandon(FailureKind.INTERRUPTED, "interrupted")).isFalse();
        assertThat(kindOf(callers.concluded())).isEqualTo(FailureKind.CANCELLED);
    }

    @Test
    void i4_whatIsAbandonedBeforeItIsWrittenIsNeverWritten() {
        TestSend send = fixture.send();

        send.abandon(FailureKind.CANCELLED, "cancelled");

        assertThat(send.markWritten()).isFalse();
        assertThat(send.concluded().outcome()).isEqualTo(Outcome.NOT_STORED);
    }

    @Test
    void i4_whatIsAbandonedAfterItWasWrittenMayBeStored() {
        TestSend send = fixture.send();
        assertThat(send.markWritten()).isTrue();

        send.abandon(FailureKind.INTERRUPTED, "interrupted");

        assertThat(send.concluded().outcome()).isEqualTo(Outcome.MAYBE_STORED);
    }

    @Test
    void i4_whatWasRefusedForCertainIsNotStored() {
        TestSend send = fixture.send();
        send.markWritten();
        send.clearWritten();

        send.abandon(FailureKind.CANCELLED, "cancelled");
        send.clearWritten();

        assertThat(send.isDecided()).isTrue();
        assertThat(send.concluded().outcome()).isEqualTo(Outcome.NOT_STORED);
    }

    @Test
    void i1_i4_exactlyOneOfOwnerAndCallerDecidesAndSaysMaybeStoredIfAndOnlyIfItWasWritten() {
        CyclicBarrier barrier = new CyclicBarrier(3);
        Race[] races = new Race[SENDS_PER_ROUND];
        Thread writer =
                Threads.start("writer", () -> run(barrier, races, race -> race.written = race.send.markWritten()));
        Thread owner = Threads.start("owner", () -> run(barrier, races, Race::settle));
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < races.length; i++) {
                races[i] = new Race(fixture.send(), i % 2 == 0);
            }
            Threads.await(barrier);
            for (Race race : races) {
                race.abandoned = race.send.abandon(FailureKind.CANCELLED, "cancelled");
            }
            Threads.await(barrier);
            Stream.of(races).forEach(CompletionPointTest::check);
        }
        Threads.join(writer);
        Threads.join(owner);
    }

    private static void run(CyclicBarrier barrier, Race[] races, Consumer<Race> part) {
        for (int round = 0; round < ROUNDS; round++) {
            Threads.await(barrier);
            for (Race race : races) {
                part.accept(race);
            }
            Threads.await(barrier);
        }
    }

    private static void check(Race race) {
        if (race.settled == race.abandoned) {
            throw new AssertionError("settled " + race.settled + ", abandoned " + race.abandoned);
        }
        Outcome outcome = race.send.concluded().outcome();
        Outcome expected = race.settled
                ? (race.oneway ? Outcome.HANDED_OVER : Outcome.MAYBE_STORED)
                : (race.written ? Outcome.MAYBE_STORED : Outcome.NOT_STORED);
        if (outcome != expected || !race.send.isSettled()) {
            throw new AssertionError("written " + race.written + ", settled " + race.settled + ": " + outcome);
        }
    }

    @Test
    void i1_theAbandonedSendIsDeliveredByNobodyElse() {
        List<TestSend> sends =
                IntStream.range(0, 3).mapToObj(i -> fixture.send()).toList();

        sends.forEach(send -> send.abandon(FailureKind.CANCELLED, "cancelled"));
        sends.forEach(SendOperation::begin);

        assertThat(sends).allMatch(send -> send.deliveries.get() == 0);
    }

    private static FailureKind kindOf(SendOutcome outcome) {
        return outcome.failure().orElseThrow().kind();
    }

    /** One send and what its three threads saw of it; handed over by the barrier. */
    private static final class Race {

        private final TestSend send;
        private final boolean oneway;
        private boolean written;
        private boolean settled;
        private boolean abandoned;

        Race(TestSend send, boolean oneway) {
            this.send = send;
            this.oneway = oneway;
        }

        void settle() {
            settled = oneway ? send.decideHandedOver() : send.decideFailed(LOST);
        }
    }
}
