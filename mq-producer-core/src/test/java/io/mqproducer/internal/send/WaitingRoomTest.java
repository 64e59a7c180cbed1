package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.Threads;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private final SendFixture fixture = new SendFixture();
    private final WaitingRoom room = new WaitingRoom(fixture.scheduler);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void onlyOneClaims() {
        TestSend send = fixture.send();
        assertThat(room.claim(send)).as("before it waits").isFalse();

        room.enter(send);

        assertThat(room.claim(send)).isTrue();
        assertThat(room.claim(send)).isFalse();
    }

    @Test
    void looksWhileAnyoneWaitsAndOnlyThen() {
        assertThat(fixture.scheduler.waiting()).isZero();
        TestSend send = fixture.send();

        room.enter(send);
        room.enter(fixture.send());
        assertThat(fixture.scheduler.waiting()).as("one look for all").isOne();
        fixture.scheduler.runWaiting();
        assertThat(send.isDecided()).as("it is not due").isFalse();
        assertThat(fixture.scheduler.waiting()).isOne();

        room.close();
        fixture.scheduler.runWaiting();
        assertThat(fixture.scheduler.waiting()).isZero();
    }

    @Test
    void i2_endsThoseWhoseTimeIsOver() {
        TestSend late = new TestSend(
                fixture.sender, SendFixture.message(), SendOptions.defaults().withTimeout(Duration.ofNanos(1)));
        room.enter(late);

        fixture.scheduler.runWaiting();

        assertThat(late.deliveries).hasValue(1);
        assertThat(late.outcome().failure().orElseThrow().kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(fixture.scheduler.waiting()).isZero();
    }

    @Test
    void noticesThoseThatTheirCallerGaveUp() {
        TestSend send = fixture.send();
        room.enter(send);
        send.abandon(FailureKind.CANCELLED, "cancelled");

        fixture.scheduler.runWaiting();

        assertThat(room.claim(send)).as("still waiting").isFalse();
        assertThat(send.deliveries).as("the caller has seen to it").hasValue(0);
    }

    @Test
    void looksAgainWhenItIsEnteredAfterItWasEmpty() {
        TestSend send = fixture.send();
        room.enter(send);
        room.claim(send);
        fixture.scheduler.runWaiting();
        assertThat(fixture.scheduler.waiting()).isZero();

        room.enter(send);

        assertThat(fixture.scheduler.waiting()).isOne();
    }

    @Test
    void f69_endsThoseWhoWaitWhenItIsClosedAndThoseWhoComeLater() {
        TestSend before = fixture.send();
        TestSend after = fixture.send();
        room.enter(before);

        room.close();
        room.enter(after);

        assertThat(List.of(before, after)).allSatisfy(send -> {
            assertThat(send.deliveries).hasValue(1);
            assertThat(send.outcome().failure().orElseThrow().kind()).isEqualTo(FailureKind.CLOSED);
        });
    }

    @Test
    void i1_ofManyWhoClaimOneWins() {
        int count = 20_000;
        List<TestSend> sends =
                IntStream.range(0, count).mapToObj(i -> fixture.send()).toList();
        sends.forEach(room::enter);
        AtomicInteger claimed = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(3);
        List<Thread> claimers = IntStream.range(0, 2)
                .mapToObj(t -> Threads.start("claimer", () -> {
                    Threads.await(start);
                    for (int i = 0; i < count * 3 / 4; i++) {
                        if (room.claim(sends.get(i))) {
                            claimed.incrementAndGet();
                        }
                    }
                }))
                .toList();

        Threads.await(start);
        room.close();
        claimers.forEach(Threads::join);

        int expelled = sends.stream().mapToInt(send -> send.deliveries.get()).sum();
        assertThat(sends).allMatch(send -> send.deliveries.get() <= 1);
        assertThat(claimed.get() + expelled).isEqualTo(count);
    }
}
