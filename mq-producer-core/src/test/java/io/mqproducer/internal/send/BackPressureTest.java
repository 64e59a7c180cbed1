package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.Eventually;
import io.mqproducer.config.BackPressureMode;
import io.mqproducer.internal.Threads;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.send.BackPressure.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackPressureTest {

    private static final int MESSAGES = 3;
    private static final int BYTES = 100;

    private final BackPressure room = room(MESSAGES, BYTES, BackPressureMode.BLOCK);
    private final List<String> granted = Collections.synchronizedList(new ArrayList<>());

    // ---- the limits

    @Test
    void f59_givesRoomUpToEitherLimit() {
        assertThat(tryAcquire(40)).isEqualTo(Admission.GRANTED);
        assertThat(tryAcquire(61)).as("too many bytes").isEqualTo(Admission.FULL);
        assertThat(tryAcquire(60)).isEqualTo(Admission.GRANTED);
        assertThat(tryAcquire(0)).isEqualTo(Admission.GRANTED);
        assertThat(tryAcquire(0)).as("too many messages").isEqualTo(Admission.FULL);

        assertThat(room.messages()).isEqualTo(3);
        assertThat(room.bytes()).isEqualTo(100);
        assertThat(room.describe()).isEqualTo("in-flight limit reached: 3/3 messages, 100/100 bytes");
    }

    @Test
    void i6_givesBackWhatWasTaken() {
        tryAcquire(40);
        tryAcquire(60);

        room.release(40);
        room.release(60);

        assertThat(room.messages()).isZero();
        assertThat(room.bytes()).isZero();
        assertThat(tryAcquire(100)).isEqualTo(Admission.GRANTED);
    }

    @Test
    void i6_theLargestLimitsFitIntoOneNumber() {
        BackPressure large = room(1_000_000, 1L << 40, BackPressureMode.FAIL);
        for (int i = 0; i < 511; i++) {
            assertThat(large.acquire(Integer.MAX_VALUE, false, 0)).isEqualTo(Admission.GRANTED);
        }

        assertThat(large.messages()).isEqualTo(511);
        assertThat(large.bytes()).isEqualTo(511L * Integer.MAX_VALUE);
        IntStream.range(0, 511).forEach(i -> large.release(Integer.MAX_VALUE));
        assertThat(large.messages() + large.bytes()).isZero();
    }

    @Test
    void i6_theBytesNeverSpillIntoTheMessages() {
        BackPressure large = room(1_000_000, 1L << 40, BackPressureMode.FAIL);
        for (int i = 0; i < 512; i++) {
            large.acquire(Integer.MAX_VALUE, false, 0);
        }

        assertThat(large.acquire(512, false, 0)).as("2^40 bytes in all").isEqualTo(Admission.FULL);
        assertThat(large.acquire(511, false, 0)).isEqualTo(Admission.GRANTED);
        assertThat(large.messages()).isEqualTo(513);
        assertThat(large.bytes()).isEqualTo((1L << 40) - 1);
    }

    @Test
    void withoutLimitsItOnlyCounts() {
        BackPressure off = new BackPressure(new ProducerConfig.BackPressure(false, 1, 1, BackPressureMode.BLOCK));

        IntStream.range(0, 10_000)
                .forEach(i -> assertThat(off.acquire(1000, true, 0)).isEqualTo(Admission.GRANTED));

        assertThat(off.messages()).isEqualTo(10_000);
        assertThat(off.bytes()).isEqualTo(10_000_000);
    }

    // ---- who may not wait

    @Test
    void failsAtOnceIfConfiguredOrIfTheThreadMustNotPark() {
        BackPressure failing = room(1, 1, BackPressureMode.FAIL);
        failing.acquire(1, true, never());
        assertThat(failing.acquire(1, true, never())).isEqualTo(Admission.FULL);

        tryAcquire(100);
        assertThat(room.acquire(1, false, never())).isEqualTo(Admission.FULL);
    }

    @Test
    void nobodyOvertakesThoseWhoWait() {
        tryAcquire(50);
        Thread large = waiter("large", 80, never());

        assertThat(room.acquire(1, false, never()))
                .as("though there would be room")
                .isEqualTo(Admission.FULL);

        room.release(50);
        Threads.join(large);
        assertThat(granted).containsExactly("large GRANTED_LATE");
    }

    // ---- waiting

    @Test
    void thoseWhoWaitAreServedInTheOrderOfTheirComing() {
        tryAcquire(100);
        List<Thread> waiters = IntStream.range(0, 5)
                .mapToObj(i -> waiter("w" + i, 100, never()))
                .toList();

        for (int i = 0; i < 5; i++) {
            room.release(100);
            Threads.join(waiters.get(i));
        }

        assertThat(granted)
                .containsExactly(
                        "w0 GRANTED_LATE", "w1 GRANTED_LATE", "w2 GRANTED_LATE", "w3 GRANTED_LATE", "w4 GRANTED_LATE");
        room.release(100);
        assertThat(room.messages()).isZero();
    }

    @Test
    void oneReleaseMayServeSeveral() {
        tryAcquire(100);
        List<Thread> waiters = IntStream.range(0, 3)
                .mapToObj(i -> waiter("w" + i, 33, never()))
                .toList();

        room.release(100);

        waiters.forEach(Threads::join);
        assertThat(granted).hasSize(3).allMatch(one -> one.endsWith("GRANTED_LATE"));
        assertThat(room.bytes()).isEqualTo(99);
    }

    @Test
    void aLargeOneIsNotStarvedBySmallOnes() {
        tryAcquire(50);
        tryAcquire(50);
        Thread large = waiter("large", 100, never());
        Thread small = waiter("small", 1, never());

        room.release(50);
        Threads.awaitParked(large);
        Threads.awaitParked(small);
        assertThat(granted)
                .as("half of the room is free, and kept for the large one")
                .isEmpty();

        room.release(50);
        Threads.join(large);
        room.release(100);
        Threads.join(small);
        assertThat(granted).containsExactly("large GRANTED_LATE", "small GRANTED_LATE");
    }

    @Test
    void i2_givesUpAtTheDeadline() {
        tryAcquire(100);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);

        assertThat(room.acquire(1, true, deadline)).isEqualTo(Admission.FULL);

        assertThat(System.nanoTime() - deadline).isPositive();
        assertThat(room.acquire(1, true, System.nanoTime() - 1))
                .as("a deadline in the past")
                .isEqualTo(Admission.FULL);
        room.release(100);
        assertThat(tryAcquire(100)).as("nothing is left of them").isEqualTo(Admission.GRANTED);
    }

    @Test
    void oneThatGivesUpLetsTheNextGoOn() {
        tryAcquire(50);
        Thread large = waiter("large", 100, never());
        Thread small = waiter("small", 50, never());

        large.interrupt();

        Threads.join(large);
        Threads.join(small);
        assertThat(granted).containsExactlyInAnyOrder("large INTERRUPTED", "small GRANTED_LATE");
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        tryAcquire(100);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waiter = Threads.start("waiter", () -> {
            room.acquire(1, true, never());
            if (Thread.currentThread().isInterrupted()) {
                interrupted.countDown();
            }
        });
        Threads.awaitParked(waiter);

        waiter.interrupt();

        Threads.await(interrupted);
        Threads.join(waiter);
    }

    @Test
    void anInterruptedThreadThatNeedNotWaitIsServed() {
        Thread.currentThread().interrupt();
        try {
            assertThat(room.acquire(1, true, never())).isEqualTo(Admission.GRANTED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    // ---- the end

    @Test
    void f69_theCloseTurnsAwayThoseWhoWait() {
        tryAcquire(100);
        List<Thread> waiters =
                IntStream.range(0, 3).mapToObj(i -> waiter("w" + i, 1, never())).toList();

        room.close();

        waiters.forEach(Threads::join);
        assertThat(granted).containsExactlyInAnyOrder("w0 CLOSED", "w1 CLOSED", "w2 CLOSED");
        assertThat(room.acquire(1, true, never())).isEqualTo(Admission.CLOSED);
    }

    @Test
    void aDrainWaitsForTheLastRelease() {
        tryAcquire(1);
        tryAcquire(1);
        Thread drain = Threads.start("drain", () -> granted.add("idle " + room.awaitIdle(never())));
        Threads.awaitParked(drain);

        room.release(1);
        Threads.awaitParked(drain);
        assertThat(granted).isEmpty();
        room.release(1);

        Threads.join(drain);
        assertThat(granted).containsExactly("idle true");
    }

    @Test
    void aDrainWaitsForThoseWhoWaitAsWell() {
        tryAcquire(100);
        Thread waiter = waiter("w", 100, never());
        Thread drain = Threads.start("drain", () -> granted.add("idle " + room.awaitIdle(never())));
        Threads.awaitParked(drain);

        room.release(100);
        Threads.join(waiter);
        Threads.awaitParked(drain);
        room.release(100);

        Threads.join(drain);
        assertThat(granted).containsExactly("w GRANTED_LATE", "idle true");
    }

    @Test
    void aDrainEndsAtItsDeadlineAndNotOnAnInterrupt() {
        assertThat(room.awaitIdle(System.nanoTime())).as("nothing to wait for").isTrue();
        tryAcquire(1);
        assertThat(room.awaitIdle(System.nanoTime() + 1000)).isFalse();

        Thread drain = Threads.start(
                "drain", () -> granted.add("idle " + room.awaitIdle(never()) + " " + Thread.interrupted()));
        Threads.awaitParked(drain);
        drain.interrupt();
        Threads.awaitParked(drain);
        room.release(1);

        Threads.join(drain);
        assertThat(granted).as("idle, and still interrupted").containsExactly("idle true true");
    }

    // ---- all at once

    @Test
    void i6_neverExceedsItsLimitsAndLosesNothingUnderLoad() {
        AtomicInteger messages = new AtomicInteger();
        AtomicLong bytes = new AtomicLong();
        List<String> violations = Collections.synchronizedList(new ArrayList<>());
        List<Thread> senders = IntStream.range(0, 6)
                .mapToObj(i -> Threads.start("sender", () -> {
                    Random random = new Random(i);
                    for (int n = 0; n < 20_000; n++) {
                        use(1 + random.nextInt(BYTES), random.nextInt(4) > 0, messages, bytes, violations);
                    }
                }))
                .toList();

        senders.forEach(Threads::join);

        assertThat(violations).isEmpty();
        assertThat(room.messages()).isZero();
        assertThat(room.bytes()).isZero();
        assertThat(room.awaitIdle(System.nanoTime())).isTrue();
    }

    private void use(int size, boolean patient, AtomicInteger messages, AtomicLong bytes, List<String> violations) {
        Admission admission = room.acquire(size, patient, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5));
        if (admission == Admission.FULL) {
            return;
        }
        int taken = messages.incrementAndGet();
        long used = bytes.addAndGet(size);
        if (taken > MESSAGES || used > BYTES) {
            violations.add(taken + " messages, " + used + " bytes");
        }
        messages.decrementAndGet();
        bytes.addAndGet(-size);
        room.release(size);
    }

    private Admission tryAcquire(int bytes) {
        return room.acquire(bytes, false, 0);
    }

    private Thread waiter(String name, int bytes, long deadline) {
        Thread thread = Threads.start(name, () -> granted.add(name + " " + room.acquire(bytes, true, deadline)));
        Eventually.await(
                name + " waits for room", Duration.ofSeconds(10), () -> LockSupport.getBlocker(thread) == room);
        return thread;
    }

    private static long never() {
        return System.nanoTime() + TimeUnit.HOURS.toNanos(1);
    }

    private static BackPressure room(int messages, long bytes, BackPressureMode mode) {
        return new BackPressure(new ProducerConfig.BackPressure(true, messages, bytes, mode));
    }
}
