package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.Throttle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one-way messages from coming faster than the broker takes them. It reads them as fast as they come into a queue of
 * 10 000 places, which all its clients share, and silently drops what finds no place. So one in some is written as a
 * request that is answered: brokers take the messages of a connection in their order, so its answer, whatever it says,
 * tells that those before it have left the queue. Confined to the connection's event loop.
 */
final class OnewayWindow {

    /**
     * So many may be written without being confirmed: few beside the places in the broker's queue, so that many producers
     * fit and a send behind them waits no longer than sends do now and then anyway (with 256 it did), and enough that a
     * broker in the same data centre does not run dry while an answer travels.
     */
    static final int SIZE = 128;

    /** Two questions in a full window: while one half is being confirmed, the other keeps the broker busy. */
    static final int QUESTION_EVERY = SIZE / 2;

    /** After this a question counts as answered, lest a broker that does not answer stop one-way messages for ever. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(OnewayWindow.class);

    private static final Duration LOG_PERIOD = Duration.ofSeconds(30);

    private final Endpoint endpoint;
    private final long patience;
    private final Throttle refusals = new Throttle(LOG_PERIOD);
    private long written;
    private long confirmed;

    /** @param patience how long a question may be unanswered */
    OnewayWindow(Endpoint endpoint, Duration patience) {
        this.endpoint = endpoint;
        this.patience = patience.toNanos();
    }

    /** Whether one more may be written. */
    boolean isOpen() {
        return written - confirmed < SIZE;
    }

    /** What waits for the answer to the next message if that is to be answered; null if it is not. */
    @Nullable
    OnewayConfirmation nextQuestion() {
        long next = written + 1;
        return next % QUESTION_EVERY == 0 ? new OnewayConfirmation(this, next, System.nanoTime() + patience) : null;
    }

    /** One more is written. */
    void wrote() {
        written++;
    }

    /** The broker has taken so many, or will never tell. */
    void confirm(long count) {
        confirmed = Math.max(confirmed, count);
    }

    /** A question was answered with something else than that its message is stored as wanted. */
    void note(RemotingCommand answer) {
        if (!ResponseCode.meansStored(answer.code()) && refusals.permits(System.nanoTime())) {
            log.warn(
                    "{} refuses one-way messages, {} more answers since the last such line: CODE {}: {}",
                    endpoint,
                    refusals.takeHeldBack(),
                    ResponseCode.describe(answer.code()),
                    answer.remark());
        }
    }
}
