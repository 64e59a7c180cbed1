package io.mqproducer.internal.send;

import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the failed attempts of one send have taught: which brokers were tried, whether one of them may have the message,
 * and whether a further attempt may be made. Made when the first attempt fails, which most sends never see. Belongs to
 * the owner of the send.
 */
final class FailedAttempts {

    private final RetryPolicy policy;
    private final int maxRetries;
    private final boolean afterMaybeStored;
    private List<String> tried = List.of();
    private @Nullable SendFailure last;
    private @Nullable BrokerSendResult weak; // an acknowledgement that is kept while another broker is tried
    private int seenByBroker;
    private int pauses;
    private int goAways;
    private boolean mayBeStored;
    private boolean routeRenewed;

    FailedAttempts(RetryPolicy policy, SendOptions options) {
        this.policy = policy;
        this.maxRetries = policy.maxRetries(options);
        this.afterMaybeStored = policy.afterMaybeStored(options);
    }

    /** Notes a failure that was no attempt: there was no route. */
    void note(SendFailure failure) {
        last = failure;
    }

    /**
     * Notes a failed attempt.
     *
     * @param elsewhere whether a broker is left that was not tried
     * @return whether another may follow, by its kind and number
     */
    boolean noteAndAsk(SendFailure failure, Rejection.Remedy remedy, boolean elsewhere) {
        last = mostTelling(failure);
        mayBeStored |= failure.mayBeStored();
        if (failure.kind() == FailureKind.CLOSED || failure.kind() == FailureKind.RESOURCE) {
            return false;
        }
        boolean seen = (failure.isAnswer() && !isGoAway(failure)) || failure.mayBeStored();
        return seen ? mayFollowSeen(failure, remedy, elsewhere) : maxRetries > 0;
    }

    /** Its broker has not looked at the message, so it is repeated like an attempt that was never written. */
    private static boolean isGoAway(SendFailure failure) {
        return failure.responseCode() == ResponseCode.GO_AWAY.code();
    }

    /** An attempt that ran out of time before anything was written tells less than the one before it. */
    private SendFailure mostTelling(SendFailure failure) {
        SendFailure before = last;
        boolean tellsLittle = failure.kind() == FailureKind.TIMEOUT && !failure.mayBeStored();
        return tellsLittle && before != null && before.at() != null ? before : failure;
    }

    private boolean mayFollowSeen(SendFailure failure, Rejection.Remedy remedy, boolean elsewhere) {
        if (++seenByBroker > maxRetries || (failure.mayBeStored() && weak == null && !afterMaybeStored)) {
            return false;
        }
        return switch (remedy) {
            case NONE -> false;
            case OTHER_BROKER, PAUSE -> true;
            case OTHER_BROKER_ONLY -> elsewhere;
            case NEW_ROUTE -> !routeRenewed;
        };
    }

    /** Counts a GO_AWAY; true for the first, after which the send goes on as if nothing had happened. */
    boolean isFirstGoAway() {
        return ++goAways == 1 && maxRetries > 0;
    }

    void keep(BrokerSendResult answer) {
        weak = answer;
    }

    void noteRouteRenewed() {
        routeRenewed = true;
    }

    void noteTried(String broker) {
        if (!tried.contains(broker)) {
            List<String> more = new ArrayList<>(tried);
            more.add(broker);
            tried = more;
        }
    }

    /** All have been tried: from here on any will do again. */
    void forgetTried() {
        tried = List.of();
    }

    /** How long to wait before the next attempt, in nanoseconds. */
    long nextPause() {
        return policy.pause(pauses++);
    }

    /** Whether a further attempt could be made if the one that now begins fails unanswered. */
    boolean leaveRoomForAnother() {
        return seenByBroker < maxRetries && afterMaybeStored;
    }

    List<String> tried() {
        return tried;
    }

    /** The failure that says best why the send has come no further. */
    @Nullable
    SendFailure last() {
        return last;
    }

    SendFailure lastOr(SendFailure otherwise) {
        SendFailure known = last;
        return known == null ? otherwise : known;
    }

    @Nullable
    BrokerSendResult weak() {
        return weak;
    }

    /** Whether an attempt may have been stored. */
    boolean mayBeStored() {
        return mayBeStored;
    }
}
