package io.mqproducer.internal.transaction;

import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.protocol.MessageSysFlag;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.message.TransactionState;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the requests that tell a broker how a transaction ended. Immutable. */
final class EndTransactionRequests {

    private static final byte[] NO_BODY = {};

    private final Namespace namespace;
    private final String wireGroup;

    /** @param group the producer group, without namespace */
    EndTransactionRequests(Namespace namespace, String group) {
        this.namespace = namespace;
        this.wireGroup = namespace.wrap(group);
    }

    String wireGroup() {
        return wireGroup;
    }

    /**
     * The request; its topic is always the message's own, so that the permission for that suffices.
     *
     * @param state not {@code UNKNOWN}, of which no broker is told
     */
    RemotingCommand request(HalfMessage half, TransactionState state) {
        Map<String, String> fields = new LinkedHashMap<>(namespace.headerFields());
        fields.put("topic", namespace.wrap(half.topic()));
        fields.put("producerGroup", wireGroup);
        fields.put("tranStateTableOffset", Long.toString(half.queueOffset()));
        fields.put("commitLogOffset", Long.toString(half.commitLogOffset()));
        fields.put("commitOrRollback", Integer.toString(flagOf(state)));
        fields.put("fromTransactionCheck", Boolean.toString(half.fromCheck()));
        fields.put("msgId", half.msgId());
        fields.put("transactionId", half.transactionId());
        if (half.brokerName() != null) {
            fields.put("bname", half.brokerName());
        }
        return RemotingCommand.request(RequestCode.END_TRANSACTION, fields, NO_BODY);
    }

    private static int flagOf(TransactionState state) {
        return switch (state) {
            case COMMIT -> MessageSysFlag.TRANSACTION_COMMIT;
            case ROLLBACK -> MessageSysFlag.TRANSACTION_ROLLBACK;
            case UNKNOWN -> throw new IllegalArgumentException("no broker is told that a state is unknown");
        };
    }
}
