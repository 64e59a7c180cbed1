package io.mqproducer.internal.route;

import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.remoting.RemotingException;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.Throttle;
import io.mqproducer.message.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured name servers. A question goes to the one that answered last, then to the others, until one knows the
 * answer or the time is over; each gets a fair part of it. Thread-safe; waits for nothing.
 */
public final class NameServers {

    private static final Logger log = LoggerFactory.getLogger(NameServers.class);

    /** The most that one server may take while others could be asked. */
    private static final long MAX_BUDGET = Duration.ofSeconds(1).toNanos();

    /**
     * What is known of one name server.
     *
     * @param lastAnswer when it last answered, or null if it never has
     * @param lastFailure why the last question failed, or null if it did not
     * @param withoutTls whether it failed because there is no TLS with the server
     */
    public record Contact(
            @Nullable Instant lastAnswer, @Nullable String lastFailure, boolean withoutTls) {}

    private final String producer;
    private final List<Endpoint> servers;
    private final RemotingClient remoting;
    private final AtomicReferenceArray<Contact> contacts;
    private final Throttle warnings = new Throttle(Duration.ofSeconds(30));
    private volatile int preferred;

    /** Those of the producer of this name. */
    public NameServers(String producer, List<Endpoint> servers, RemotingClient remoting) {
        this.producer = producer;
        this.servers = List.copyOf(servers);
        this.remoting = remoting;
        this.contacts = new AtomicReferenceArray<>(servers.size());
        for (int i = 0; i < servers.size(); i++) {
            contacts.set(i, new Contact(null, null, false));
        }
    }

    public List<Endpoint> servers() {
        return servers;
    }

    /** What is known of the server of this index. */
    public Contact contact(int index) {
        return contacts.get(index);
    }

    /** The longest that a question can take, all servers asked. */
    long patience() {
        return MAX_BUDGET * servers.size();
    }

    /** One line with what each server last did. */
    public String describe() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < servers.size(); i++) {
            String failure = contacts.get(i).lastFailure();
            text.append(i == 0 ? "" : "; ").append(servers.get(i)).append(": ");
            text.append(failure == null ? "no answer yet" : failure);
        }
        return text.append(']').toString();
    }

    /** What it is called that none answers: {@code TLS_FAILED} if that is so with all of them for that reason. */
    public FailureKind unavailability() {
        for (int i = 0; i < servers.size(); i++) {
            if (!contacts.get(i).withoutTls()) {
                return FailureKind.NAME_SERVER_UNAVAILABLE;
            }
        }
        return servers.isEmpty() ? FailureKind.NAME_SERVER_UNAVAILABLE : FailureKind.TLS_FAILED;
    }

    /**
     * Asks until a server knows the answer.
     *
     * @param reader makes something of a successful answer; a {@link ProtocolException} lets the next server be asked
     * @param expiry when to give up, by {@link System#nanoTime}
     * @return completes with what was read, with null if servers answered but none knew, or with a {@link
     *     RouteException} if none answered, or none with anything usable; on an event loop
     */
    <T> CompletableFuture<@Nullable T> ask(RemotingCommand question, Function<RemotingCommand, T> reader, long expiry) {
        Inquiry<T> inquiry = new Inquiry<>(question, reader, expiry, preferred);
        inquiry.askNext();
        return inquiry.outcome;
    }

    /** One question on its way through the servers; its steps follow each other. */
    private final class Inquiry<T> {

        private final RemotingCommand question;
        private final Function<RemotingCommand, T> reader;
        private final long expiry;
        private final int[] order;
        private final CompletableFuture<@Nullable T> outcome = new CompletableFuture<>();
        private int asked;
        private boolean answered;
        private @Nullable String unusable;

        Inquiry(RemotingCommand question, Function<RemotingCommand, T> reader, long expiry, int start) {
            this.question = question;
            this.reader = reader;
            this.expiry = expiry;
            this.order = IntStream.range(0, servers.size())
                    .map(i -> (start + i) % servers.size())
                    .toArray();
        }

        void askNext() {
            long remaining = expiry - System.nanoTime();
            if (asked == order.length || (remaining <= 0 && asked > 0)) {
                giveUp();
                return;
            }
            int index = order[asked++];
            long budget = Math.max(1, Math.min(MAX_BUDGET, remaining / (order.length - asked + 1)));
            Duration timeout = Duration.ofNanos(budget);
            remoting.invoke(servers.get(index), question, timeout).whenComplete((answer, failure) -> {
                if (failure == null) {
                    read(index, answer);
                } else if (isClosed(failure)) {
                    fail(FailureKind.CLOSED, "producer is closed");
                } else if (causeOf(failure) instanceof RemotingException early && !early.written()) {
                    notAsked(index, early, reason(failure, timeout));
                } else {
                    failed(
                            index,
                            reason(failure, timeout),
                            causeOf(failure) instanceof RemotingException late
                                    && late.kind() == FailureKind.TLS_FAILED);
                }
            });
        }

        private void read(int index, RemotingCommand answer) {
            if (answer.code() == ResponseCode.SUCCESS.code()) {
                T value;
                try {
                    value = reader.apply(answer);
                } catch (RuntimeException e) { // a ProtocolException, or a fault of the reader's own
                    unusable = "unusable answer from " + servers.get(index) + ": " + e.getMessage();
                    failed(index, "PROTOCOL " + e.getMessage());
                    return;
                }
                succeeded(index);
                outcome.complete(value);
            } else if (answer.code() == ResponseCode.TOPIC_NOT_EXIST.code()) {
                answered = true;
                succeeded(index);
                askNext();
            } else {
                failed(index, "answered " + ResponseCode.describe(answer.code()) + ": " + answer.remark());
            }
        }

        private void succeeded(int index) {
            preferred = index;
            contacts.set(index, new Contact(Instant.now(), null, false));
        }

        private void failed(int index, String reason) {
            failed(index, reason, false);
        }

        private void failed(int index, String reason, boolean withoutTls) {
            log.debug("name server {}: {}", servers.get(index), reason);
            contacts.set(index, new Contact(contacts.get(index).lastAnswer(), reason, withoutTls));
            askNext();
        }

        /** The time for opening was over before it was open: why it could not be opened before says more than that. */
        private void notAsked(int index, RemotingException failure, String reason) {
            Contact known = contacts.get(index);
            String before = known.lastFailure();
            if (failure.kind() == FailureKind.TIMEOUT && before != null) {
                failed(index, before, known.withoutTls());
            } else {
                failed(index, reason, failure.kind() == FailureKind.TLS_FAILED);
            }
        }

        private void giveUp() {
            if (answered) {
                outcome.complete(null);
                return;
            }
            if (unusable != null) {
                fail(FailureKind.PROTOCOL, unusable);
                return;
            }
            String text = "no name server answered: " + describe();
            if (warnings.permits(System.nanoTime())) {
                log.warn(
                        "producer '{}': {}. Sends wait for one until their deadline."
                                + " Check mq.producer.name-servers, or those of its instance",
                        producer,
                        text);
            }
            fail(unavailability(), text);
        }

        private void fail(FailureKind kind, String text) {
            outcome.completeExceptionally(new RouteException(kind, text, null));
        }
    }

    private static boolean isClosed(Throwable failure) {
        return causeOf(failure) instanceof RemotingException remoting && remoting.kind() == FailureKind.CLOSED;
    }

    private static @Nullable Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    private static String reason(Throwable failure, Duration timeout) {
        Throwable cause = causeOf(failure);
        if (cause instanceof RemotingException remoting) {
            return switch (remoting.kind()) {
                case TIMEOUT -> remoting.getMessage() + " in " + timeout.toMillis() + " ms";
                case TLS_FAILED -> "TLS refused: " + remoting.getMessage();
                default -> String.valueOf(remoting.getMessage());
            };
        }
        return String.valueOf(cause);
    }
}
