package io.mqproducer.internal.send;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.remoting.RemotingException;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendStatus;
import org.jspecify.annotations.Nullable;

/** What a broker's answer, or the lack of one, means for a send. */
final class SendAnswers {

    private SendAnswers() {}

    /** How the message is stored, or null if the code says nothing of the kind. */
    static @Nullable SendStatus statusOf(int code) {
        if (code == ResponseCode.SUCCESS.code()) {
            return SendStatus.SEND_OK;
        } else if (code == ResponseCode.FLUSH_DISK_TIMEOUT.code()) {
            return SendStatus.FLUSH_DISK_TIMEOUT;
        } else if (code == ResponseCode.FLUSH_SLAVE_TIMEOUT.code()) {
            return SendStatus.FLUSH_SLAVE_TIMEOUT;
        } else if (code == ResponseCode.SLAVE_NOT_AVAILABLE.code()) {
            return SendStatus.SLAVE_NOT_AVAILABLE;
        }
        return null;
    }

    static SendFailure rejected(PublishQueue at, RemotingCommand answer, boolean mayBeStored) {
        String remark = answer.remark();
        String brief = "answered CODE " + ResponseCode.describe(answer.code()) + (remark == null ? "" : ": " + remark)
                + hint(answer.code(), remark);
        return new SendFailure(FailureKind.BROKER_REJECTED, mayBeStored, at, brief, answer.code(), null);
    }

    private static String hint(int code, @Nullable String remark) {
        if (Rejection.isAccessDenied(code, remark)) {
            return " (check acl.access-key and acl.secret-key, or the credentials provider, and that the user is enabled"
                    + " and may publish to the topic)";
        }
        return code == ResponseCode.NO_PERMISSION.code() ? " (check credentials, ACL and the topic's permission)" : "";
    }

    static SendFailure unusable(PublishQueue at, RemotingCommand answer, RuntimeException cause) {
        return new SendFailure(
                FailureKind.PROTOCOL, true, at, String.valueOf(cause.getMessage()), answer.code(), cause);
    }

    static SendFailure storedWeakly(PublishQueue at, SendStatus status) {
        return new SendFailure(
                FailureKind.BROKER_REJECTED, true, at, "stored weakly: " + status, SendFailure.NO_ANSWER, null);
    }

    /** A connection that is closed before anything was written, as an idle one is, says nothing against the broker. */
    static boolean isBrokersFault(RemotingException failure) {
        return failure.kind() == FailureKind.CONNECT_FAILED
                || failure.kind() == FailureKind.TLS_FAILED
                || failure.kind() == FailureKind.TIMEOUT
                || (failure.kind() == FailureKind.CONNECTION_LOST && failure.written());
    }

    static SendFailure lost(PublishQueue at, RemotingException failure, long elapsedMillis) {
        String brief = switch (failure.kind()) {
            case TIMEOUT ->
                failure.written()
                        ? "no answer in " + elapsedMillis + " ms"
                        : failure.getMessage() + " after " + elapsedMillis + " ms";
            case CONNECTION_LOST ->
                failure.written()
                        ? "lost after " + elapsedMillis + " ms in flight (" + failure.getMessage() + ")"
                        : "lost before the message was written (" + failure.getMessage() + ")";
            default -> String.valueOf(failure.getMessage());
        };
        return new SendFailure(failure.kind(), failure.written(), at, brief, SendFailure.NO_ANSWER, failure);
    }
}
