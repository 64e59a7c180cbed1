package io.mqproducer;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.internal.admin.BrokerAdmin;
import io.mqproducer.internal.admin.MessageLookup;
import io.mqproducer.internal.admin.RequestFailure;
import io.mqproducer.internal.admin.TopicCreation;
import io.mqproducer.internal.route.RouteException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that a producer can be asked besides sending: waits for the answers, and makes exceptions of failures. */
final class DefaultMQAdmin implements MQAdmin {

    /** What an answer may take beyond its deadline, to be told that there is none. */
    private static final long GRACE = Duration.ofSeconds(1).toNanos();

    private static final int MAX_MESSAGES = 64;
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final Supplier<@Nullable RunningProducer> running;
    private final Duration timeout;

    /** @param running the producer that runs, or null */
    DefaultMQAdmin(Supplier<@Nullable RunningProducer> running, Duration timeout) {
        this.running = running;
        this.timeout = timeout;
    }

    /** Something that is asked, to be answered by then. */
    private interface Question<T> {
        CompletableFuture<T> ask(RunningProducer producer, long expiry);
    }

    @Override
    public MQAdmin withTimeout(Duration other) {
        SendOptions.defaults().withTimeout(other); // the same rule
        return new DefaultMQAdmin(running, other);
    }

    @Override
    public void createTopic(String keyTopic, String topic, int queues, Map<String, String> attributes) {
        TopicCreation.Wanted wanted = new TopicCreation.Wanted(
                Objects.requireNonNull(keyTopic, "keyTopic"),
                Objects.requireNonNull(topic, "topic"),
                queues,
                Objects.requireNonNull(attributes, "attributes"));
        ask(
                "creating topic " + topic,
                (producer, expiry) -> admin(producer).topics().create(wanted, expiry));
    }

    @Override
    public long searchOffset(MessageQueue queue, Instant time) {
        Objects.requireNonNull(queue, "queue");
        Instant bounded = bounded(Objects.requireNonNull(time, "time"));
        return ask(
                "offset in " + queue,
                (producer, expiry) -> admin(producer).offsets().at(queue, bounded, expiry));
    }

    @Override
    public long maxOffset(MessageQueue queue) {
        Objects.requireNonNull(queue, "queue");
        return ask(
                "offset in " + queue,
                (producer, expiry) -> admin(producer).offsets().max(queue, expiry));
    }

    @Override
    public long minOffset(MessageQueue queue) {
        Objects.requireNonNull(queue, "queue");
        return ask(
                "offset in " + queue,
                (producer, expiry) -> admin(producer).offsets().min(queue, expiry));
    }

    @Override
    public Optional<Instant> earliestStoreTime(MessageQueue queue) {
        Objects.requireNonNull(queue, "queue");
        return ask(
                "store time in " + queue,
                (producer, expiry) -> admin(producer).offsets().earliestStoreTime(queue, expiry));
    }

    @Override
    public Optional<MessageView> viewMessage(String topic, String id) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(id, "id");
        return views(
                        "message " + id,
                        (producer, expiry) -> admin(producer).messages().withId(topic, id, expiry))
                .stream()
                .findFirst();
    }

    @Override
    public List<MessageView> queryMessage(String topic, String key, int maxMessages, Instant begin, Instant end) {
        Objects.requireNonNull(topic, "topic");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key must not be empty, got ''");
        }
        if (maxMessages < 1 || maxMessages > MAX_MESSAGES) {
            throw new IllegalArgumentException("maxMessages must be 1 to " + MAX_MESSAGES + ", got " + maxMessages);
        }
        if (begin.isAfter(end)) {
            throw new IllegalArgumentException("begin must not be after end, got " + begin + " and " + end);
        }
        return views(
                "messages with key " + key,
                (producer, expiry) -> admin(producer)
                        .messages()
                        .withKey(topic, key, maxMessages, bounded(begin), bounded(end), expiry));
    }

    /** Decoded here, on the thread that waits, and not where the answer came in. */
    private List<MessageView> views(String what, Question<MessageLookup.Found> question) {
        MessageLookup.Found found = ask(what, question);
        try {
            return found.views();
        } catch (RequestFailure e) {
            throw e.toException();
        }
    }

    /** Within what brokers can be asked for. */
    private static Instant bounded(Instant time) {
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LATEST) ? LATEST : time;
    }

    // ---- what the producer itself offers

    /** The queues that messages of a topic can be written to, asked of the name servers. */
    List<MessageQueue> publishQueues(String topic) {
        return ask("route of " + topic, (producer, expiry) -> producer.routes().lookUp(topic, expiry))
                .messageQueues();
    }

    String recall(String topic, String recallHandle) {
        requireHandle(topic, recallHandle);
        return ask(
                "recall at topic " + topic,
                (producer, expiry) ->
                        admin(producer).recall().recall(topic, recallHandle, expiry, new CompletableFuture<>()));
    }

    CompletableFuture<String> recallAsync(String topic, String recallHandle) {
        requireHandle(topic, recallHandle);
        RunningProducer producer = running.get();
        if (producer == null) {
            return CompletableFuture.failedFuture(closed());
        }
        CompletableFuture<String> recalled = new CompletableFuture<>();
        admin(producer)
                .recall()
                .recall(topic, recallHandle, System.nanoTime() + timeout.toNanos(), recalled)
                .whenComplete((id, failure) -> producer.sender()
                        .callbackExecutor()
                        .execute(() -> {
                            if (failure == null) {
                                recalled.complete(id);
                            } else {
                                recalled.completeExceptionally(asException("recall at topic " + topic, failure));
                            }
                        }));
        return recalled;
    }

    private static void requireHandle(String topic, String recallHandle) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(recallHandle, "recallHandle");
    }

    // ---- waiting

    private static BrokerAdmin admin(RunningProducer producer) {
        return producer.admin();
    }

    private <T> T ask(String what, Question<T> question) {
        RunningProducer producer = running.get();
        if (producer == null) {
            throw closed();
        }
        long limit = timeout.toNanos();
        try {
            return question.ask(producer, System.nanoTime() + limit).get(limit + GRACE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestFailedException(FailureKind.INTERRUPTED, "interrupted while waiting: " + what);
        } catch (TimeoutException e) {
            throw new RequestFailedException(
                    FailureKind.TIMEOUT, what + ": no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw asException(what, e);
        }
    }

    private static RequestFailedException asException(String what, Throwable thrown) {
        Throwable cause = thrown.getCause() == null || thrown instanceof RequestFailure ? thrown : thrown.getCause();
        if (cause instanceof RequestFailure failure) {
            return failure.toException();
        }
        FailureKind kind = cause instanceof RouteException route ? route.kind() : FailureKind.PROTOCOL;
        String text = cause instanceof RouteException ? String.valueOf(cause.getMessage()) : what + ": " + cause;
        return new RequestFailedException(FailureReport.of(kind, text).withCause(cause));
    }

    private static RequestFailedException closed() {
        return new RequestFailedException(FailureKind.CLOSED, ProducerLifeCycle.CLOSED);
    }
}
