package io.mqproducer.internal.admin;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.internal.admin.BrokerRequests.Server;
import io.mqproducer.internal.encoding.MessageViewDecoder;
import io.mqproducer.internal.protocol.OffsetMessageId;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.route.TopicBrokers;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks stored messages up. Only brokers of the topic's route are asked, whatever address an id names. Thread-safe; waits for
 * nothing. Futures complete on event loops: bodies are decoded by who waits.
 */
public final class MessageLookup {

    /** As many as a broker gives to one query for a producer's id, of which there are few copies. */
    private static final int COPIES = 32;

    private static final String REAL_TOPIC = "REAL_TOPIC";

    private final BrokerRequests requests;
    private final MessageViewDecoder decoder;

    MessageLookup(BrokerRequests requests, MessageViewDecoder decoder) {
        this.requests = requests;
        this.decoder = decoder;
    }

    /** Messages as brokers have sent them. */
    public interface Found {

        /** Decodes them; throws a {@link RequestFailure} if one of them cannot be used. */
        List<MessageView> views();
    }

    /**
     * A search for messages with a key or a producer's id.
     *
     * @param unique whether the key is an id
     */
    private record Query(String wireTopic, String key, boolean unique, int max, Instant begin, Instant end) {

        boolean matches(MessageView view) {
            return unique ? view.msgId().equals(key) : view.keys().contains(key);
        }

        Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("topic", wireTopic);
            fields.put("key", key);
            fields.put("maxNum", Integer.toString(max));
            fields.put("beginTimestamp", Long.toString(begin.toEpochMilli()));
            fields.put("endTimestamp", Long.toString(end.toEpochMilli()));
            fields.put("indexType", unique ? "U" : "K");
            if (unique) { // for keys it says nothing, and brokers before 5.0 do not count it into a signature
                fields.put("_UNIQUE_KEY_QUERY", "true");
            }
            return fields;
        }
    }

    /** The messages with this key that were stored in this time, the latest of each broker if there are more. */
    public CompletableFuture<Found> withKey(
            String topic, String key, int max, Instant begin, Instant end, long expiry) {
        Query query = new Query(requests.namespace().wrap(topic), key, false, max, begin, end);
        return requests.brokersOf(topic, expiry).thenCompose(brokers -> ask(brokers, query, expiry));
    }

    /** The message with this id, a broker's or a producer's; with several copies, the one that was stored first. */
    public CompletableFuture<Found> withId(String topic, String id, long expiry) {
        return requests.brokersOf(topic, expiry).thenCompose(brokers -> {
            OffsetMessageId offsetId = offsetId(id);
            Server server = offsetId == null ? null : serverOf(offsetId, brokers);
            return offsetId == null || server == null
                    ? withUniqueId(brokers, id, expiry)
                    : atOffset(server, brokers, offsetId, id, expiry);
        });
    }

    private CompletableFuture<Found> withUniqueId(TopicBrokers brokers, String id, long expiry) {
        Instant forEver = Instant.ofEpochMilli(Long.MAX_VALUE);
        return ask(brokers, new Query(brokers.topic(), id, true, COPIES, Instant.EPOCH, forEver), expiry)
                .thenApply(found -> () -> found.views().stream().limit(1).toList());
    }

    // ---- by the broker's id

    private static @Nullable OffsetMessageId offsetId(String id) {
        try {
            return OffsetMessageId.parse(id);
        } catch (IllegalArgumentException e) { // then it can only be a producer's
            return null;
        }
    }

    /** The server of the route that the id names; one that is known by a host name, by its port. */
    private static @Nullable Server serverOf(OffsetMessageId id, TopicBrokers brokers) {
        for (TopicBrokers.Broker broker : brokers.brokers()) {
            for (Map.Entry<String, Endpoint> server : broker.servers().entrySet()) {
                Endpoint told = Endpoint.parse(server.getKey());
                boolean byName = told.port() == id.broker().port() && !isIpAddress(told.host());
                if (told.equals(id.broker()) || byName) {
                    return new Server(broker.name(), server.getValue());
                }
            }
        }
        return null;
    }

    private static boolean isIpAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    private CompletableFuture<Found> atOffset(
            Server server, TopicBrokers brokers, OffsetMessageId offsetId, String id, long expiry) {
        Map<String, String> fields =
                Map.of("topic", brokers.topic(), "offset", Long.toString(offsetId.physicalOffset()));
        return requests.ask(server, RequestCode.VIEW_MESSAGE_BY_ID, fields, expiry)
                .thenApply(answer -> {
                    if (answer.code() == ResponseCode.SYSTEM_ERROR.code()) { // how it says that nothing is there
                        return List::of;
                    }
                    BrokerRequests.requireSuccess(server, answer, BrokerRequests.remedy(answer.code()));
                    Optional<String> asBrokersWriteIt = Optional.of(id.toUpperCase(Locale.ROOT));
                    return () -> decoded(
                            server,
                            answer,
                            view -> isOf(brokers.topic(), view)
                                    && view.offsetMsgId().equals(asBrokersWriteIt));
                });
    }

    /** A message that waits for its time is stored in a topic of the broker's own. */
    private boolean isOf(String wireTopic, MessageView view) {
        return view.topic().equals(requests.namespace().unwrap(wireTopic))
                || wireTopic.equals(view.properties().get(REAL_TOPIC));
    }

    // ---- by what is in the index

    /** Asks all brokers; unless all answer, nobody knows what there is. */
    private CompletableFuture<Found> ask(TopicBrokers brokers, Query query, long expiry) {
        List<CompletableFuture<Found>> answers = new ArrayList<>();
        List<RequestFailure> failures = new ArrayList<>();
        for (TopicBrokers.Broker broker : brokers.brokers()) {
            answers.add(ask(broker, query, expiry).exceptionally(failure -> {
                synchronized (failures) {
                    failures.add(BrokerRequests.asFailure(failure));
                }
                return List::of;
            }));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    if (!failures.isEmpty()) {
                        throw notByAll(query, failures);
                    }
                    return () -> latest(answers, query.max());
                });
    }

    private static List<MessageView> latest(List<CompletableFuture<Found>> answers, int max) {
        List<MessageView> all = answers.stream()
                .flatMap(answer -> answer.join().views().stream())
                .sorted(Comparator.comparing(MessageView::storeTime))
                .toList();
        return all.subList(Math.max(0, all.size() - max), all.size());
    }

    private CompletableFuture<Found> ask(TopicBrokers.Broker broker, Query query, long expiry) {
        Endpoint endpoint = broker.master() != null
                ? broker.master()
                : broker.servers().values().stream().findFirst().orElse(null);
        if (endpoint == null) {
            return CompletableFuture.failedFuture(new RequestFailure(
                    FailureKind.NO_ROUTE,
                    broker.name() + " has no address in the route of " + query.wireTopic(),
                    null));
        }
        Server server = new Server(broker.name(), endpoint);
        return requests.ask(server, RequestCode.QUERY_MESSAGE, query.fields(), expiry)
                .thenApply(answer -> {
                    if (answer.code() == ResponseCode.QUERY_NOT_FOUND.code()) {
                        return List::of;
                    }
                    BrokerRequests.requireSuccess(server, answer, BrokerRequests.remedy(answer.code()));
                    return () -> decoded(server, answer, query::matches);
                });
    }

    private static RequestFailure notByAll(Query query, List<RequestFailure> failures) {
        FailureReport first = failures.get(0).report();
        return new RequestFailure(
                first.kind(),
                "messages of topic " + query.wireTopic() + " could not be looked up on every broker: "
                        + failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; ")),
                first.cause().orElse(null));
    }

    private List<MessageView> decoded(Server server, RemotingCommand answer, Predicate<MessageView> wanted) {
        return BrokerRequests.reading(
                        server,
                        read -> decoder.decodeAll(read.body(), server.brokerName()).stream()
                                .filter(wanted)
                                .toList())
                .apply(answer);
    }
}
