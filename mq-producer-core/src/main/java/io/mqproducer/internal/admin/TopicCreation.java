package io.mqproducer.internal.admin;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.internal.admin.BrokerRequests.Server;
import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.route.TopicBrokers;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.PrintableText;
import io.mqproducer.message.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes topics, or changes them, on all brokers at once. Thread-safe; waits for nothing. */
public final class TopicCreation {

    private static final int READ_AND_WRITE = 6;
    private static final int SHOWN = 64;
    private static final Pattern TOPIC = Pattern.compile("[%|a-zA-Z0-9_-]{1,127}");

    /** What brokers take apart at {@code ,}, {@code =} and a leading {@code +} or {@code -}. */
    private static final Pattern ATTRIBUTE = Pattern.compile("[^,=+\\-\\s\\p{Cntrl}][^,=\\s\\p{Cntrl}]*");

    private final BrokerRequests requests;

    TopicCreation(BrokerRequests requests) {
        this.requests = requests;
    }

    /**
     * A topic as it is to be.
     *
     * @param keyTopic a topic that the brokers have that are to have this one
     * @param queues per broker
     * @param attributes such as {@code message.type}
     */
    public record Wanted(String keyTopic, String topic, int queues, Map<String, String> attributes) {

        /** Checks what can be checked without a broker; throws an {@link IllegalArgumentException} that names the rule. */
        public Wanted {
            if (!TOPIC.matcher(topic).matches()) {
                throw broken("topic", "must be 1 to 127 letters, digits, '%', '|', '_' and '-'", topic);
            }
            if (queues < 1 || queues > FrameLimits.MAX_QUEUES_PER_BROKER) {
                throw broken("queues", "must be 1 to " + FrameLimits.MAX_QUEUES_PER_BROKER, Integer.toString(queues));
            }
            attributes = Map.copyOf(attributes);
            attributes.forEach((name, value) -> {
                attribute("attribute name", name);
                attribute("attribute " + name, value);
            });
        }

        private static void attribute(String field, String text) {
            if (!ATTRIBUTE.matcher(text).matches()) {
                throw broken(
                        field, "must not be empty, begin with '+' or '-', or contain ',', '=' or white space", text);
            }
        }

        private static IllegalArgumentException broken(String field, String rule, String got) {
            return new IllegalArgumentException(field + " " + rule + ", got '" + PrintableText.of(got, SHOWN) + "'");
        }
    }

    /**
     * Makes the topic on every master of the key topic's route.
     *
     * @return completes when all have it, or with a {@link RequestFailure} that says who has it and who has not
     */
    public CompletableFuture<Void> create(Wanted wanted, long expiry) {
        return requests.brokersOf(wanted.keyTopic(), expiry)
                .handle((brokers, failure) -> {
                    if (failure == null) {
                        return brokers;
                    }
                    RequestFailure why = BrokerRequests.asFailure(failure);
                    throw why.report().kind() == FailureKind.NO_ROUTE ? noSuchBrokers(wanted, why) : why;
                })
                .thenCompose(brokers -> createOn(brokers, wanted, expiry));
    }

    private static RequestFailure noSuchBrokers(Wanted wanted, RequestFailure why) {
        return new RequestFailure(
                FailureKind.NO_ROUTE,
                "topic " + wanted.topic() + " was not created: no broker has the key topic " + wanted.keyTopic()
                        + " (brokers that create topics on demand have TBW102; all have one named as their cluster)",
                why);
    }

    private CompletableFuture<Void> createOn(TopicBrokers brokers, Wanted wanted, long expiry) {
        Map<String, RequestFailure> failures = new TreeMap<>();
        List<String> successes = new ArrayList<>();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (TopicBrokers.Broker broker : brokers.brokers()) {
            all.add(createOn(broker, wanted, expiry).handle((done, failure) -> {
                synchronized (failures) {
                    if (failure == null) {
                        successes.add(broker.name());
                    } else {
                        failures.put(broker.name(), BrokerRequests.asFailure(failure));
                    }
                }
                return done;
            }));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenRun(() -> {
            if (!failures.isEmpty()) {
                throw notOnAll(wanted, failures, successes);
            }
        });
    }

    private CompletableFuture<?> createOn(TopicBrokers.Broker broker, Wanted wanted, long expiry) {
        Endpoint master = broker.master();
        if (master == null) {
            return CompletableFuture.failedFuture(new RequestFailure(
                    FailureKind.NO_ROUTE, broker.name() + " has no master in the route of " + wanted.keyTopic(), null));
        }
        Server server = new Server(broker.name(), master);
        return requests.ask(server, RequestCode.UPDATE_AND_CREATE_TOPIC, fields(wanted), expiry)
                .thenApply(
                        answer -> BrokerRequests.requireSuccess(server, answer, BrokerRequests.remedy(answer.code())));
    }

    private Map<String, String> fields(Wanted wanted) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("topic", requests.namespace().wrap(wanted.topic()));
        fields.put("defaultTopic", wanted.keyTopic());
        fields.put("readQueueNums", Integer.toString(wanted.queues()));
        fields.put("writeQueueNums", Integer.toString(wanted.queues()));
        fields.put("perm", Integer.toString(READ_AND_WRITE));
        fields.put("topicFilterType", "SINGLE_TAG");
        fields.put("topicSysFlag", "0");
        fields.put("order", "false");
        fields.put("attributes", attributes(wanted.attributes()));
        fields.put("force", "false");
        return fields;
    }

    private static String attributes(Map<String, String> attributes) {
        return new TreeMap<>(attributes)
                .entrySet().stream()
                        .map(each -> "+" + each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(","));
    }

    private static RequestFailure notOnAll(
            Wanted wanted, Map<String, RequestFailure> failures, List<String> successes) {
        FailureReport first = failures.values().iterator().next().report();
        String reasons = failures.values().stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
        String text = "topic " + wanted.topic() + " was not created on " + failures.keySet()
                + (successes.isEmpty()
                        ? ""
                        : ", but on " + successes.stream().sorted().toList()) + ": " + reasons;
        FailureReport report = FailureReport.of(first.kind(), text).withCause(causeOf(failures));
        return new RequestFailure(
                first.responseCode().isPresent()
                        ? report.withResponseCode(first.responseCode().getAsInt())
                        : report);
    }

    private static @Nullable Throwable causeOf(Map<String, RequestFailure> failures) {
        return failures.values().iterator().next().report().cause().orElse(null);
    }
}
