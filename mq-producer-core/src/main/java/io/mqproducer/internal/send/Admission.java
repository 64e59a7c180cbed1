package io.mqproducer.internal.send;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.callback.Callbacks;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.SendVetoException;

/**
 * What a message passes before its bytes are read, on the calling thread: hooks, rules about what goes together, room in
 * flight. Thread-safe.
 */
final class Admission {

    private final SendServices services;
    private final BackPressure backPressure;
    private final SendHooks hooks;
    private final Callbacks callbacks;
    private volatile boolean ended;

    Admission(SendServices services, BackPressure backPressure, SendHooks hooks, Callbacks callbacks) {
        this.services = services;
        this.backPressure = backPressure;
        this.hooks = hooks;
        this.callbacks = callbacks;
    }

    /** Lets nothing in any more. */
    void end() {
        ended = true;
    }

    /**
     * Lets the hooks see the message, checks what can be checked before its bytes are read, and takes room for it.
     *
     * @return whether it took no time to speak of
     * @throws MessageNotStoredException if it may not be sent
     */
    boolean admit(AdmittedSend send) {
        look(send);
        int bytes = bytesOf(send.message());
        boolean atOnce = backPressure.acquireAtOnce(bytes);
        BackPressure.Admission granted = atOnce
                ? BackPressure.Admission.GRANTED
                : backPressure.acquire(bytes, callbacks.callerMayWait(), send.deadline);
        check(granted);
        send.roomTaken(bytes);
        noteGranted(granted, send.start);
        return granted == BackPressure.Admission.GRANTED && hooks.isEmpty();
    }

    /**
     * Lets the hooks see one message of a batch, and checks what can be checked before its bytes are read.
     *
     * @throws MessageNotStoredException if it may not be sent
     */
    void look(HookedSend send) {
        if (ended) {
            throw closed();
        }
        if (!hooks.isEmpty()) {
            try {
                hooks.before(send);
            } catch (SendVetoException veto) {
                throw new MessageNotStoredException(
                        FailureReport.of(FailureKind.HOOK, String.valueOf(veto.getMessage()))
                                .withCause(veto.getCause()));
            }
        }
        checkTarget(send.message(), send.options());
    }

    private static void checkTarget(Message message, SendOptions options) {
        if (message.orderingKey().isPresent() && options.target() != QueueTarget.any()) {
            throw new MessageNotStoredException(
                    FailureKind.INVALID_MESSAGE,
                    "invalid message: ordering key must not be combined with a queue or selector, got "
                            + options.target());
        }
    }

    /**
     * Takes room for all messages of a batch.
     *
     * @throws MessageNotStoredException if there is none
     */
    void admit(BatchSend batch) {
        long room = backPressure.roomOf(
                batch.elements().size(),
                batch.elements().stream()
                        .mapToLong(element -> bytesOf(element.message()))
                        .sum());
        BackPressure.Admission granted =
                backPressure.acquireRoom(room, callbacks.callerMayWait(), batch.start() + batch.timeout());
        check(granted);
        batch.roomTaken(room);
        noteGranted(granted, batch.start());
    }

    private int bytesOf(Message message) {
        return Math.min(message.body().length, services.config().send().maxMessageSize());
    }

    private void check(BackPressure.Admission granted) {
        switch (granted) {
            case GRANTED, GRANTED_LATE -> {}
            case FULL -> throw new MessageNotStoredException(FailureKind.BUFFER_FULL, backPressure.describe());
            case INTERRUPTED ->
                throw new MessageNotStoredException(
                        FailureKind.INTERRUPTED, "interrupted while waiting for room in flight");
            case CLOSED -> throw closed();
        }
    }

    private void noteGranted(BackPressure.Admission granted, long start) {
        if (granted == BackPressure.Admission.GRANTED_LATE) {
            services.metrics().backPressureWaited(System.nanoTime() - start);
        } else if (ended) { // at this moment, and the drain may not have seen it
            throw closed();
        }
    }

    private static MessageNotStoredException closed() {
        return new MessageNotStoredException(FailureKind.CLOSED, "producer is closed");
    }
}
