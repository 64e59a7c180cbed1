package io.mqproducer.internal.protocol;

import java.util.Optional;

/** How a peer answered. What to do about it is decided elsewhere. */
public enum ResponseCode {
    SUCCESS(0),
    SYSTEM_ERROR(1),
    SYSTEM_BUSY(2),
    REQUEST_CODE_NOT_SUPPORTED(3),
    FLUSH_DISK_TIMEOUT(10),
    SLAVE_NOT_AVAILABLE(11),
    FLUSH_SLAVE_TIMEOUT(12),
    MESSAGE_ILLEGAL(13),
    SERVICE_NOT_AVAILABLE(14),
    NO_PERMISSION(16),
    TOPIC_NOT_EXIST(17),
    QUERY_NOT_FOUND(22),
    SUBSCRIPTION_GROUP_NOT_EXIST(26),
    INVALID_PARAMETER(29),
    NO_BUYER_ID(204),
    NOT_IN_CURRENT_UNIT(205),
    NO_MESSAGE(208),
    FLOW_CONTROL(215),
    NOT_LEADER_FOR_QUEUE(501),
    ILLEGAL_OPERATION(604),
    GO_AWAY(1500),
    LMQ_QUOTA_EXCEEDED(2017);

    private final int code;

    ResponseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The constant of a code, or empty for one that RocketMQ has not told us about. */
    public static Optional<ResponseCode> of(int code) {
        for (ResponseCode candidate : values()) {
            if (candidate.code == code) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Whether it answers a send by saying that the message is stored, as durably as wanted or less. */
    public static boolean meansStored(int code) {
        return code == SUCCESS.code
                || code == FLUSH_DISK_TIMEOUT.code
                || code == SLAVE_NOT_AVAILABLE.code
                || code == FLUSH_SLAVE_TIMEOUT.code;
    }

    /** The code for people: {@code 2 SYSTEM_BUSY}, {@code 9999 unknown}. */
    public static String describe(int code) {
        return code + " " + of(code).map(Enum::name).orElse("unknown");
    }
}
