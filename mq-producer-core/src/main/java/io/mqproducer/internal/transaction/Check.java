package io.mqproducer.internal.transaction;

import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.remoting.Peer;
import org.jspecify.annotations.Nullable;

/**
 * A broker's question about a transaction.
 *
 * @param peer the broker, on the connection that it asked on
 * @param brokerName null if it did not say, as 4.9 does not
 * @param msgId the half message's id; empty if it was not said
 * @param request the question itself, whose body is the half message in its stored form
 */
record Check(
        Peer peer,
        @Nullable String brokerName,
        String msgId,
        String transactionId,
        long queueOffset,
        long commitLogOffset,
        RemotingCommand request) {

    /** @throws ProtocolException if the request does not say where the half message is, or does not contain it */
    static Check of(RemotingCommand request, Peer peer) {
        String msgId = text(request, "msgId");
        String transactionId = text(request, "transactionId");
        if (request.body().length == 0) {
            throw new ProtocolException("a check without a message");
        }
        return new Check(
                peer,
                request.string("bname"),
                msgId,
                transactionId.isEmpty() ? msgId : transactionId,
                offset(request, "tranStateTableOffset"),
                offset(request, "commitLogOffset"),
                request);
    }

    private static String text(RemotingCommand request, String field) {
        String value = request.string(field);
        return value == null ? "" : value;
    }

    private static long offset(RemotingCommand request, String field) {
        long offset = request.requiredLong(field);
        if (offset < 0) {
            throw ProtocolException.field(field, Long.toString(offset), "a number from 0");
        }
        return offset;
    }

    /** The half message in its stored form. */
    byte[] message() {
        return request.body();
    }

    /** What it is about: the same for all questions about one transaction, each of which makes those before it void. */
    String subject() {
        return msgId.isEmpty() ? "offset " + commitLogOffset : msgId;
    }

    /** The half message where the broker has put it in order to ask. */
    HalfMessage half(String topic, String id) {
        return new HalfMessage(
                topic,
                brokerName,
                id,
                transactionId.isEmpty() ? id : transactionId,
                queueOffset,
                commitLogOffset,
                true);
    }
}
