package io.mqproducer.internal.send;

import io.mqproducer.exception.Attempt;
import io.mqproducer.message.Message;
import io.mqproducer.spi.EndTransactionContext;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import io.mqproducer.spi.SendVetoException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hooks of a producer, in order. A hook that throws is logged once, counted each time, and changes nothing, but
 * for a veto. Immutable but for that; thread-safe.
 */
final class SendHooks {

    private static final Logger log = LoggerFactory.getLogger(SendHooks.class);

    private final SendMessageHook[] hooks;
    private final ProducerMetrics metrics;
    private final Set<SendMessageHook> failed =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    SendHooks(List<SendMessageHook> hooks, ProducerMetrics metrics) {
        this.hooks = hooks.toArray(SendMessageHook[]::new);
        this.metrics = metrics;
    }

    boolean isEmpty() {
        return hooks.length == 0;
    }

    /**
     * Lets each hook see and change the message that the ones before it made.
     *
     * @throws SendVetoException if a hook refuses the message
     */
    void before(HookedSend send) {
        send.noteSeenByHooks();
        for (SendMessageHook hook : hooks) {
            try {
                Message changed = hook.beforeSend(send);
                if (changed == null) {
                    throw new IllegalStateException("beforeSend returned null");
                }
                send.replaceMessage(changed);
            } catch (SendVetoException veto) {
                throw new SendVetoException(
                        "send hook " + hook.getClass().getName() + " refused: " + veto.getMessage(), veto);
            } catch (RuntimeException | Error e) {
                failed(hook, send, e);
            }
        }
    }

    /** Tells of each attempt, in order, then of the outcome, in reverse order of the hooks. */
    void after(HookedSend send, SendOutcome outcome) {
        for (Attempt attempt : send.attempts()) {
            for (SendMessageHook hook : hooks) {
                try {
                    hook.onAttempt(send, attempt);
                } catch (RuntimeException | Error e) {
                    failed(hook, send, e);
                }
            }
        }
        for (int i = hooks.length - 1; i >= 0; i--) {
            try {
                hooks[i].afterSend(send, outcome);
            } catch (RuntimeException | Error e) {
                failed(hooks[i], send, e);
            }
        }
    }

    /** Tells of the end of a transaction, in the order of the hooks. */
    void endingTransaction(EndTransactionContext context) {
        for (SendMessageHook hook : hooks) {
            try {
                hook.onEndTransaction(context);
            } catch (RuntimeException | Error e) {
                failed(hook, context.msgId(), context.topic(), e);
            }
        }
    }

    private void failed(SendMessageHook hook, HookedSend send, Throwable error) {
        failed(hook, send.msgId(), send.message().topic(), error);
    }

    private void failed(SendMessageHook hook, String msgId, String topic, Throwable error) {
        metrics.callbackFailed();
        if (failed.add(hook)) {
            log.warn(
                    "send hook {} failed at message {} of topic {}; the send is not affected, further failures of this hook"
                            + " are counted only",
                    hook.getClass().getName(),
                    msgId,
                    topic,
                    error);
        }
    }
}
