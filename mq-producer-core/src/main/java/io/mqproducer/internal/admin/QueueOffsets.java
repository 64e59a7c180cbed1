package io.mqproducer.internal.admin;

import io.mqproducer.internal.admin.BrokerRequests.Server;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.route.TopicBrokers;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageQueue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks masters where their queues begin and end. Thread-safe; waits for nothing. */
public final class QueueOffsets {

    private final BrokerRequests requests;

    QueueOffsets(BrokerRequests requests) {
        this.requests = requests;
    }

    /** The offset of the first message that was stored at this time or later. */
    public CompletableFuture<Long> at(MessageQueue queue, Instant time, long expiry) {
        return ask(
                RequestCode.SEARCH_OFFSET_BY_TIMESTAMP,
                queue,
                Map.of("timestamp", Long.toString(time.toEpochMilli()), "boundaryType", "LOWER"),
                "offset",
                expiry);
    }

    /** The offset that the next message will get. */
    public CompletableFuture<Long> max(MessageQueue queue, long expiry) {
        return ask(RequestCode.GET_MAX_OFFSET, queue, Map.of("committed", "true"), "offset", expiry);
    }

    /** The offset of the first message that is still there. */
    public CompletableFuture<Long> min(MessageQueue queue, long expiry) {
        return ask(RequestCode.GET_MIN_OFFSET, queue, Map.of(), "offset", expiry);
    }

    /** When the first message that is still there was stored. */
    public CompletableFuture<Optional<Instant>> earliestStoreTime(MessageQueue queue, long expiry) {
        return ask(RequestCode.GET_EARLIEST_MSG_STORETIME, queue, Map.of(), "timestamp", expiry)
                .thenApply(millis -> millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis)));
    }

    private CompletableFuture<Long> ask(
            RequestCode code, MessageQueue queue, Map<String, String> special, String answered, long expiry) {
        return requests.brokersOf(queue.topic(), expiry).thenCompose(brokers -> {
            Server master = masterOf(queue, brokers);
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("topic", brokers.topic());
            fields.put("queueId", Integer.toString(queue.queueId()));
            fields.putAll(special);
            fields.put("bname", queue.brokerName());
            return requests.ask(master, code, fields, expiry)
                    .thenApply(answer ->
                            BrokerRequests.requireSuccess(master, answer, BrokerRequests.remedy(answer.code())))
                    .thenApply(BrokerRequests.reading(master, answer -> answer.requiredLong(answered)));
        });
    }

    /** A broker would make up a queue that it has not, so it is not asked. */
    private static Server masterOf(MessageQueue queue, TopicBrokers brokers) {
        TopicBrokers.Broker broker = brokers.broker(queue.brokerName())
                .orElseThrow(() -> noSuchQueue(queue, "the topic is on " + brokers.names()));
        if (queue.queueId() >= broker.queues()) {
            throw noSuchQueue(queue, "there are " + broker.queues() + " on that broker");
        }
        if (broker.master() == null) {
            throw noSuchQueue(queue, "that broker has no master now");
        }
        return new Server(broker.name(), broker.master());
    }

    private static RequestFailure noSuchQueue(MessageQueue queue, String reason) {
        return new RequestFailure(
                FailureKind.NO_ROUTE,
                "no queue " + queue.queueId() + " of topic " + queue.topic() + " on " + queue.brokerName() + ": "
                        + reason,
                null);
    }
}
