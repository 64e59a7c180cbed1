package io.mqproducer.internal.transaction;

import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.remoting.RemotingException;
import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.TransactionState;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells a broker how a transaction ended and waits for its answer, within a time of its own. It is told again only as long as it
 * is certain that the broker has not seen to it: a commit that is repeated is stored twice. Thread-safe.
 */
public final class TransactionEnder {

    private final EndTransactionRequests requests;
    private final TopicRouteTable routes;
    private final RemotingClient brokers;
    private final long budget;
    private final long firstPause;
    private final long longestPause;

    TransactionEnder(
            EndTransactionRequests requests, TopicRouteTable routes, RemotingClient brokers, ProducerConfig config) {
        this.requests = requests;
        this.routes = routes;
        this.brokers = brokers;
        this.budget = config.send().timeout().toNanos();
        this.firstPause = config.retry().backoff().toNanos();
        this.longestPause = config.retry().maxBackoff().toNanos();
    }

    /**
     * One try.
     *
     * @param again whether another makes sense
     * @param text what is to be said if none is made; empty if it was over before it had begun, which tells nothing
     */
    private record Try(boolean confirmed, boolean again, String text) {

        static final Try CONFIRMED = new Try(true, false, "");
        static final Try TOO_LATE = new Try(false, false, "");
    }

    /**
     * Tells the broker. An interrupt does not cut it short: the local transaction has ended, and the broker had better know.
     *
     * @return null if it has confirmed, else why not
     */
    @Nullable
    String tell(OpenTransaction transaction, TransactionState state) {
        long deadline = System.nanoTime() + budget;
        boolean interrupted = Thread.interrupted();
        String why = "no connection in time";
        try {
            for (long pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
                Try made = attempt(transaction, state, deadline - System.nanoTime());
                if (made.confirmed()) {
                    return null;
                }
                why = made.text().isEmpty() ? why : made.text();
                if (!made.again() || deadline - System.nanoTime() <= pause) {
                    return why;
                }
                routes.refreshSoon(transaction.half().topic());
                interrupted |= pause(pause);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Try attempt(OpenTransaction transaction, TransactionState state, long remaining) {
        Endpoint broker = addressOf(transaction);
        RemotingCommand request = requests.request(transaction.half(), state);
        try {
            RemotingCommand answer = await(brokers.invoke(broker, request, Duration.ofNanos(remaining)));
            return answer.code() == ResponseCode.SUCCESS.code() ? Try.CONFIRMED : refused(broker, answer);
        } catch (ExecutionException e) {
            return unanswered(broker, e.getCause());
        }
    }

    private static Try refused(Endpoint broker, RemotingCommand answer) {
        boolean untouched =
                answer.code() == ResponseCode.GO_AWAY.code() || answer.code() == ResponseCode.SYSTEM_BUSY.code();
        String remark = answer.remark() == null ? "" : ": " + answer.remark();
        return new Try(false, untouched, broker + " answered " + ResponseCode.describe(answer.code()) + remark);
    }

    private static Try unanswered(Endpoint broker, @Nullable Throwable cause) {
        if (!(cause instanceof RemotingException failure)) {
            return new Try(false, false, broker + ": " + cause);
        }
        if (failure.kind() == FailureKind.TIMEOUT && !failure.written()) {
            return Try.TOO_LATE;
        }
        boolean untouched = !failure.written()
                && (failure.kind() == FailureKind.CONNECT_FAILED
                        || failure.kind() == FailureKind.CONNECTION_LOST
                        || failure.kind() == FailureKind.TLS_FAILED);
        return new Try(false, untouched, failure.kind() + " at " + broker + ": " + failure.getMessage());
    }

    /** Where the broker is now; it may have moved since it stored the half message. */
    private Endpoint addressOf(OpenTransaction transaction) {
        TopicRoute route = routes.current(transaction.half().topic(), System.nanoTime());
        String name = transaction.stored().result().queue().brokerName();
        if (route != null) {
            for (TopicRoute.BrokerQueues broker : route.brokers()) {
                if (broker.brokerName().equals(name)) {
                    return broker.address();
                }
            }
        }
        return transaction.stored().broker();
    }

    /** Waits for what always comes: connections keep deadlines. */
    private static RemotingCommand await(Future<RemotingCommand> answer) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether the thread was interrupted meanwhile; it no longer is. */
    private boolean pause(long nanos) {
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
        return interrupted;
    }
}
