package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.send.Rejection.Remedy;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendOptions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailedAttemptsTest {

    private static final SendFailure UNWRITTEN = SendFailure.of(FailureKind.CONNECT_FAILED, false, "refused", null);
    private static final SendFailure LOST = SendFailure.of(FailureKind.CONNECTION_LOST, true, "lost", null);
    private static final SendFailure REJECTED =
            new SendFailure(FailureKind.BROKER_REJECTED, false, SendFixture.queue(), "busy", 2, null);

    private final FailedAttempts attempts = attempts(SendOptions.defaults());

    @Test
    void f01_whatWasNotWrittenIsTriedAgainWithoutCounting() {
        for (int i = 0; i < 100; i++) {
            assertThat(attempts.noteAndAsk(UNWRITTEN, Remedy.OTHER_BROKER, false))
                    .isTrue();
        }

        assertThat(attempts.mayBeStored()).isFalse();
        assertThat(attempts.leaveRoomForAnother()).isTrue();
    }

    @Test
    void whatABrokerHasSeenCounts() {
        assertThat(attempts.noteAndAsk(REJECTED, Remedy.PAUSE, false)).isTrue();
        assertThat(attempts.noteAndAsk(LOST, Remedy.OTHER_BROKER, false)).isTrue();
        assertThat(attempts.leaveRoomForAnother()).isFalse();
        assertThat(attempts.noteAndAsk(REJECTED, Remedy.PAUSE, false)).isFalse();
    }

    @Test
    void noRetriesMeansNoRetries() {
        FailedAttempts none = attempts(SendFixture.NO_RETRY);

        assertThat(none.noteAndAsk(UNWRITTEN, Remedy.OTHER_BROKER, true)).isFalse();
        assertThat(none.noteAndAsk(REJECTED, Remedy.PAUSE, true)).isFalse();
        assertThat(none.isFirstGoAway()).isFalse();
    }

    @Test
    void i5_afterMaybeStoredNothingFollowsIfTheCallerWantsItSo() {
        FailedAttempts once = attempts(SendOptions.defaults().withRetryAfterMaybeStored(false));

        assertThat(once.noteAndAsk(REJECTED, Remedy.PAUSE, true)).isTrue();
        assertThat(once.noteAndAsk(LOST, Remedy.OTHER_BROKER, true)).isFalse();
        assertThat(once.mayBeStored()).isTrue();
    }

    @Test
    void i4_onceMaybeStoredAlwaysMaybeStored() {
        attempts.noteAndAsk(LOST, Remedy.OTHER_BROKER, true);
        attempts.noteAndAsk(REJECTED, Remedy.PAUSE, true);

        assertThat(attempts.mayBeStored()).isTrue();
        assertThat(attempts.last()).isSameAs(REJECTED);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"CLOSED", "RESOURCE"})
    void whatNoBrokerCanHelpIsNotTriedAgain(FailureKind kind) {
        assertThat(attempts.noteAndAsk(SendFailure.of(kind, false, "end", null), Remedy.OTHER_BROKER, true))
                .isFalse();
    }

    @Test
    void theRemedyDecides() {
        assertThat(attempts(SendOptions.defaults()).noteAndAsk(REJECTED, Remedy.NONE, true))
                .isFalse();
        assertThat(attempts(SendOptions.defaults()).noteAndAsk(REJECTED, Remedy.OTHER_BROKER_ONLY, false))
                .isFalse();
        assertThat(attempts(SendOptions.defaults()).noteAndAsk(REJECTED, Remedy.OTHER_BROKER_ONLY, true))
                .isTrue();
    }

    @Test
    void f47_aNewRouteHelpsOnce() {
        assertThat(attempts.noteAndAsk(REJECTED, Remedy.NEW_ROUTE, false)).isTrue();
        attempts.noteRouteRenewed();

        assertThat(attempts.noteAndAsk(REJECTED, Remedy.NEW_ROUTE, false)).isFalse();
    }

    @Test
    void f27_theFirstGoAwayIsAsIfNothingHadHappened() {
        assertThat(attempts.isFirstGoAway()).isTrue();
        assertThat(attempts.isFirstGoAway()).isFalse();
        assertThat(attempts.leaveRoomForAnother()).isTrue();
    }

    @Test
    void remembersEachBrokerOnceUntilAllHaveBeenTried() {
        attempts.noteTried("a");
        attempts.noteTried("b");
        attempts.noteTried("a");
        assertThat(attempts.tried()).containsExactly("a", "b");

        attempts.forgetTried();
        assertThat(attempts.tried()).isEmpty();
    }

    @Test
    void thePausesGrow() {
        assertThat(attempts.nextPause()).isEqualTo(Duration.ofMillis(50).toNanos());
        assertThat(attempts.nextPause())
                .isBetween(
                        Duration.ofMillis(50).toNanos(), Duration.ofMillis(100).toNanos());
    }

    private static FailedAttempts attempts(SendOptions options) {
        ProducerConfig.Retry settings =
                new ProducerConfig.Retry(2, null, false, true, Set.of(), Duration.ofMillis(50), Duration.ofSeconds(1));
        return new FailedAttempts(new RetryPolicy(settings), options);
    }
}
