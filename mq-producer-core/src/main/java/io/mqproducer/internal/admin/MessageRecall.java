package io.mqproducer.internal.admin;

import io.mqproducer.internal.admin.BrokerRequests.Server;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.route.TopicBrokers;
import io.mqproducer.message.FailureKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Recalls messages that are not delivered yet. Thread-safe; waits for nothing. */
public final class MessageRecall {

    /** What is told of each message that a broker was asked to drop; must not block. */
    @FunctionalInterface
    public interface Watch {
        void recalled(String topic, String msgId, boolean success);
    }

    /** Nobody is told. */
    public static final Watch UNWATCHED = (topic, msgId, success) -> {};

    private final BrokerRequests requests;
    private final String wireGroup;
    private final Watch watch;

    /** @param group the producer group, without namespace */
    MessageRecall(BrokerRequests requests, String group, Watch watch) {
        this.requests = requests;
        this.wireGroup = requests.namespace().wrap(group);
        this.watch = watch;
    }

    /**
     * Asks the broker that keeps the message to drop it.
     *
     * @param unless if this is complete before the request is written, the request never is
     * @return completes with the message's id, or with a {@link RequestFailure}
     */
    public CompletableFuture<String> recall(
            String topic, String recallHandle, long expiry, CompletableFuture<?> unless) {
        RecallHandle handle;
        try {
            handle = RecallHandle.parse(recallHandle);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    new RequestFailure(FailureKind.INVALID_MESSAGE, String.valueOf(e.getMessage()), null));
        }
        String wireTopic = requests.namespace().wrap(topic);
        if (!handle.topic().equals(wireTopic)) {
            return CompletableFuture.failedFuture(new RequestFailure(
                    FailureKind.INVALID_MESSAGE,
                    "recall handle must be of topic " + wireTopic + ", is of " + handle.topic(),
                    null));
        }
        return requests.brokersOf(topic, expiry).thenCompose(brokers -> {
            Server master = masterOf(handle, brokers);
            if (unless.isDone()) {
                throw new RequestFailure(FailureKind.CANCELLED, "cancelled", null);
            }
            CompletableFuture<RemotingCommand> asked =
                    requests.ask(master, RequestCode.RECALL_MESSAGE, fields(handle), expiry);
            unless.whenComplete((done, failure) -> asked.cancel(false));
            return asked.thenApply(answer -> BrokerRequests.requireSuccess(master, answer, remedy(answer.code())))
                    .thenApply(BrokerRequests.reading(master, answer -> idOf(handle, answer)))
                    .whenComplete((id, failure) -> watch.recalled(topic, handle.msgId(), failure == null));
        });
    }

    /** Never another broker: the message is not there, and what it may keep under the same id is not this message. */
    private static Server masterOf(RecallHandle handle, TopicBrokers brokers) {
        TopicBrokers.Broker broker = brokers.broker(handle.brokerName()).orElse(null);
        if (broker == null || broker.master() == null) {
            throw new RequestFailure(
                    FailureKind.NO_ROUTE,
                    "message " + handle.msgId() + " is on " + handle.brokerName()
                            + ", which has no master in the route of " + handle.topic() + ": " + brokers.names(),
                    null);
        }
        return new Server(broker.name(), broker.master());
    }

    private Map<String, String> fields(RecallHandle handle) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("producerGroup", wireGroup);
        fields.put("topic", handle.topic());
        fields.put("recallHandle", handle.text());
        fields.put("bname", handle.brokerName());
        return fields;
    }

    /** The broker repeats the id; another one would mean that it has dropped another message. */
    private static String idOf(RecallHandle handle, RemotingCommand answer) {
        String id = answer.requiredString("msgId");
        if (!id.equals(handle.msgId())) {
            throw new RequestFailure(
                    FailureKind.PROTOCOL, "recalled message " + id + " in place of " + handle.msgId(), null);
        }
        return id;
    }

    private static String remedy(int code) {
        return switch (ResponseCode.of(code).orElse(ResponseCode.SUCCESS)) {
            case NO_PERMISSION ->
                "recalling is off unless the broker has recallMessageEnable=true, and the producer's credentials permit it";
            case REQUEST_CODE_NOT_SUPPORTED -> "this broker is too old to recall messages, which takes 5.3.2";
            case ILLEGAL_OPERATION ->
                "the time of delivery is over, or the handle is not of this broker and topic; nothing was recalled";
            case TOPIC_NOT_EXIST -> "the topic was deleted";
            case SLAVE_NOT_AVAILABLE, SERVICE_NOT_AVAILABLE -> "try again once the master serves; nothing was recalled";
            case SYSTEM_ERROR -> "the message may be recalled or not; recalling it again does no harm";
            default -> "";
        };
    }
}
