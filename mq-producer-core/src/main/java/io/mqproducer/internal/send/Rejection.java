package io.mqproducer.internal.send;

import io.mqproducer.internal.protocol.ResponseCode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a broker's error code says of the message, and what a further attempt needs.
 *
 * @param mayBeStored whether the message may be stored in spite of the code
 */
record Rejection(boolean mayBeStored, Remedy remedy) {

    /** What a further attempt needs to make sense. */
    enum Remedy {
        /** Nothing helps. */
        NONE,
        /** Another broker if there is one, else a pause. */
        OTHER_BROKER,
        /** A pause, and another broker if there is one. */
        PAUSE,
        /** Another broker, without which there is no point. */
        OTHER_BROKER_ONLY,
        /** A newer route, once. */
        NEW_ROUTE
    }

    /** Remarks that come with SYSTEM_ERROR before the message is appended, so that it is certainly not stored. */
    private static final List<String> REFUSED_BEFORE_STORING = List.of(
            "in-sync replicas not enough",
            "create mapped file failed",
            "broker unable to service",
            "timer message is not enabled",
            "timer message is illegal");

    /** What a 4.x broker says, with SYSTEM_ERROR, when it refuses a request for who made it. */
    private static final String ACL_EXCEPTION = "acl.common.AclException";

    /** Words of the remarks with which brokers refuse a request for who made it, before they look at it. */
    private static final List<String> ACCESS_DENIED = List.of(
            ACL_EXCEPTION,
            "check signature failed",
            "username cannot be null",
            " not found.", // User:name
            " is disabled.", // User:name
            "has no permission to access");

    /** Whether the broker has refused the producer, whatever the message. */
    static boolean isAccessDenied(int code, @Nullable String remark) {
        return remark != null
                && meaning(code, remark) == ResponseCode.NO_PERMISSION
                && ACCESS_DENIED.stream().anyMatch(remark::contains);
    }

    /** Whether the message is certainly not stored, and will not be whatever is done. */
    boolean isForGood() {
        return !mayBeStored && remedy == Remedy.NONE;
    }

    /** The rule for a code; an unknown code says nothing certain. */
    static Rejection of(int code, @Nullable String remark, Set<Integer> retryable) {
        if (isAccessDenied(code, remark)) {
            return new Rejection(false, Remedy.NONE);
        }
        ResponseCode known = meaning(code, remark);
        if (known == null) {
            return new Rejection(true, retryable.contains(code) ? Remedy.OTHER_BROKER : Remedy.NONE);
        }
        return new Rejection(mayBeStored(known, remark), remedy(known, remark, retryable.contains(code)));
    }

    /**
     * The code, or the one that brokers since 5 use for what brokers before them called SYSTEM_ERROR; null if nobody has told
     * us about it.
     */
    static @Nullable ResponseCode meaning(int code, @Nullable String remark) {
        ResponseCode known = ResponseCode.of(code).orElse(null);
        if (known != ResponseCode.SYSTEM_ERROR || remark == null) {
            return known;
        }
        if (remark.contains(ACL_EXCEPTION)) {
            return ResponseCode.NO_PERMISSION;
        }
        boolean aboutQueue = remark.startsWith("request queueId[") && remark.contains("] is illegal");
        return aboutQueue ? ResponseCode.INVALID_PARAMETER : known;
    }

    private static boolean mayBeStored(ResponseCode code, @Nullable String remark) {
        if (code != ResponseCode.SYSTEM_ERROR) {
            return false;
        }
        String words = remark == null ? "" : remark.toLowerCase(Locale.ROOT);
        return REFUSED_BEFORE_STORING.stream().noneMatch(words::contains);
    }

    private static Remedy remedy(ResponseCode code, @Nullable String remark, boolean configured) {
        return switch (code) {
            case SYSTEM_BUSY -> configured ? Remedy.PAUSE : Remedy.NONE;
            case FLOW_CONTROL -> Remedy.PAUSE;
            case NO_PERMISSION -> configured ? Remedy.OTHER_BROKER_ONLY : Remedy.NONE;
            case TOPIC_NOT_EXIST -> configured ? Remedy.NEW_ROUTE : Remedy.NONE;
            case NOT_LEADER_FOR_QUEUE -> Remedy.NEW_ROUTE;
            case INVALID_PARAMETER -> remark != null && remark.contains("queueId") ? Remedy.NEW_ROUTE : Remedy.NONE;
            case SYSTEM_ERROR,
                    SERVICE_NOT_AVAILABLE,
                    NO_BUYER_ID,
                    NOT_IN_CURRENT_UNIT,
                    GO_AWAY,
                    REQUEST_CODE_NOT_SUPPORTED,
                    MESSAGE_ILLEGAL,
                    SUBSCRIPTION_GROUP_NOT_EXIST,
                    NO_MESSAGE,
                    QUERY_NOT_FOUND,
                    ILLEGAL_OPERATION,
                    LMQ_QUOTA_EXCEEDED -> configured ? Remedy.OTHER_BROKER : Remedy.NONE;
            case SUCCESS, FLUSH_DISK_TIMEOUT, SLAVE_NOT_AVAILABLE, FLUSH_SLAVE_TIMEOUT ->
                throw new IllegalArgumentException(code + " is no rejection");
        };
    }
}
