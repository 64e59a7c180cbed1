package io.mqproducer.internal.callback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallbackThreadTest {

    private final CallbackThread thread = new CallbackThread(this, () -> {}, "callback");

    @Test
    void f61_isBusyForAsLongAsTheSameCallbackIsSeen() {
        thread.begin();
        assertThat(thread.busyFor(100)).isZero();
        assertThat(thread.busyFor(120)).isEqualTo(20);
        assertThat(thread.busyFor(140)).isEqualTo(40);

        thread.begin();
        assertThat(thread.busyFor(160)).as("the next one").isZero();
        assertThat(thread.busyFor(180)).isEqualTo(20);
    }

    @Test
    void isNotBusyWithoutACallback() {
        assertThat(thread.busyFor(100)).isZero();
        assertThat(thread.busyFor(120)).isZero();

        thread.begin();
        thread.busyFor(140);
        thread.end();

        assertThat(thread.busyFor(160)).isZero();
        assertThat(thread.busyFor(180)).isZero();
    }
}
