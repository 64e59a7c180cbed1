package io.mqproducer.spi;

import io.mqproducer.exception.Attempt;
import io.mqproducer.message.Message;

/**
 * Looks into every send of a producer, and may change or refuse it. Hooks run in the order of their registration; one
 * instance serves all threads. What a hook throws, other than {@link SendVetoException}, is logged once and counted,
 * and the send goes on.
 */
public interface SendMessageHook {

    /**
     * Called on the calling thread, once per send (per element of a batch, per half message, per request), before the
     * message is checked; not for a send that is refused because the producer is stopped.
     *
     * @return the message to send
     * @throws SendVetoException to refuse the send, which then fails with kind {@code HOOK}
     */
    default Message beforeSend(SendMessageContext context) {
        return context.message();
    }

    /**
     * Called after each try, in order and before {@link #afterSend}: on the callback executor, or for a blocking send
     * on the calling thread.
     */
    default void onAttempt(SendMessageContext context, Attempt attempt) {}

    /**
     * Called exactly once for each send that {@link #beforeSend} was called for, on all hooks even if one of them refused
     * it, whatever happened, in reverse order of the hooks: for a blocking send on the calling thread
     * before it returns, else on the callback executor before the future is completed.
     */
    default void afterSend(SendMessageContext context, SendOutcome outcome) {}

    /** Called before the broker is told how a transaction ended. */
    default void onEndTransaction(EndTransactionContext context) {}
}
