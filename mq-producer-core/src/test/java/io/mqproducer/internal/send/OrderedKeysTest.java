package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.Eventually;
import io.mqproducer.internal.Threads;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendOptions;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderedKeysTest {

    private static final int DEEP = 20_000;

    private final SendFixture fixture = new SendFixture();
    private final WaitingRoom waitingRoom = new WaitingRoom(fixture.scheduler);
    private final OrderedKeys keys = new OrderedKeys(waitingRoom);
    private final OrderedKeys.Key key = new OrderedKeys.Key("T", "order-1");

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void letsOneSendOfAKeyStart() {
        TestSend second = fixture.send();

        assertThat(keys.enter(key, fixture.send())).isTrue();
        assertThat(keys.enter(key, second)).isFalse();

        assertThat(waitingRoom.claim(second)).as("it waits").isTrue();
    }

    @Test
    void keepsKeysAndTopicsApart() {
        assertThat(keys.enter(key, fixture.send())).isTrue();
        assertThat(keys.enter(new OrderedKeys.Key("T", "order-2"), fixture.send()))
                .isTrue();
        assertThat(keys.enter(new OrderedKeys.Key("U", "order-1"), fixture.send()))
                .isTrue();
    }

    @Test
    void aKeyIsForgottenWhenItsLastSendHasEnded() {
        keys.enter(key, fixture.send());

        keys.leave(key, fixture.send(), true);

        assertThat(keys.enter(key, fixture.send())).isTrue();
    }

    @Test
    void oneThatGaveUpWaitingIsSkipped() {
        TestSend gone = failing();
        TestSend next = failing();
        keys.enter(key, fixture.send());
        keys.enter(key, gone);
        keys.enter(key, next);
        waitingRoom.claim(gone);

        keys.leave(key, fixture.send(), true);

        assertThat(gone.deliveries).hasValue(0);
        assertThat(next.deliveries).hasValue(1);
    }

    @Test
    void f77_theSendsOfAKeyGoOneAfterTheOtherInTheOrderOfTheCalls() {
        TestSend first = new TestSend(fixture.sender, SendFixture.ordered("k"), SendOptions.defaults());
        List<Integer> ended = new ArrayList<>();
        first.begin(); // waits for its back-off: no name server answers
        List<TestSend> others = IntStream.range(0, 10)
                .mapToObj(i -> {
                    TestSend send = new TestSend(fixture.sender, SendFixture.ordered("k"), SendFixture.NO_RETRY);
                    send.onDelivery = () -> ended.add(i);
                    send.begin();
                    return send;
                })
                .toList();
        assertThat(others).noneMatch(PendingSend::isDecided);

        first.abandon(FailureKind.CANCELLED, "cancelled");
        fixture.scheduler.runWaiting();

        assertThat(ended).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void f77_aDeepLineOfSendsThatFailAtOnceDoesNotOverflowTheStack() {
        TestSend first = new TestSend(fixture.sender, SendFixture.ordered("k"), SendOptions.defaults());
        first.begin();
        List<TestSend> others = IntStream.range(0, DEEP)
                .mapToObj(i -> new TestSend(fixture.sender, SendFixture.ordered("k"), SendFixture.NO_RETRY))
                .toList();
        others.forEach(SendOperation::begin);

        first.abandon(FailureKind.CANCELLED, "cancelled");
        fixture.scheduler.runWaiting();

        assertThat(others.stream().filter(send -> send.deliveries.get() == 1).count())
                .isEqualTo(DEEP);
    }

    @Test
    void f77_aDeepLineThatIsClosedDoesNotOverflowTheStackEither() {
        List<TestSend> sends = IntStream.range(0, DEEP / 3)
                .mapToObj(i -> new TestSend(fixture.sender, SendFixture.ordered("k"), SendOptions.defaults()))
                .toList();
        sends.forEach(SendOperation::begin);

        fixture.sender.close();

        assertThat(sends.stream().filter(send -> send.deliveries.get() == 1).count())
                .isEqualTo(DEEP / 3);
    }

    @Test
    void f77_thoseWhoseTimeIsOverLeaveTheLine() {
        TestSend first = new TestSend(fixture.sender, SendFixture.ordered("k"), SendOptions.defaults());
        first.begin();
        List<WeakReference<TestSend>> expired = IntStream.range(0, 1000)
                .mapToObj(i -> new WeakReference<>(expiringFollower()))
                .toList();
        TestSend last = new TestSend(fixture.sender, SendFixture.ordered("k"), SendFixture.NO_RETRY);
        last.begin();

        Eventually.await("no memory of them", Duration.ofSeconds(10), () -> {
            fixture.scheduler.runWaiting();
            System.gc();
            return expired.stream().allMatch(send -> send.get() == null);
        });

        assertThat(fixture.sender.inFlightMessages()).isEqualTo(2);
        assertThat(last.isDecided()).isFalse();
        first.abandon(FailureKind.CANCELLED, "cancelled");
        fixture.scheduler.runWaiting();
        assertThat(last.deliveries).hasValue(1);
    }

    private TestSend expiringFollower() {
        TestSend send = new TestSend(
                fixture.sender, SendFixture.ordered("k"), SendOptions.defaults().withTimeout(Duration.ofMillis(5)));
        send.begin();
        return send;
    }

    @Test
    void i1_noSendIsForgottenWhenOthersComeAndGoAtTheSameTime() {
        ConcurrentLinkedQueue<TestSend> begun = new ConcurrentLinkedQueue<>();
        CyclicBarrier start = new CyclicBarrier(3);
        List<Thread> threads = IntStream.range(0, 3)
                .mapToObj(t -> Threads.start("sender", () -> {
                    Threads.await(start);
                    for (int i = 0; i < 10_000; i++) {
                        TestSend send =
                                new TestSend(fixture.sender, SendFixture.ordered("k" + i % 2), SendFixture.NO_RETRY);
                        begun.add(send);
                        send.begin();
                    }
                }))
                .toList();

        threads.forEach(Threads::join);

        assertThat(begun).hasSize(30_000);
        assertThat(begun.stream().filter(send -> send.deliveries.get() != 1).count())
                .as("sends without exactly one outcome")
                .isZero();
    }

    private TestSend failing() {
        return new TestSend(fixture.sender, SendFixture.message(), SendFixture.NO_RETRY);
    }
}
