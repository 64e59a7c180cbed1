package io.mqproducer.internal.admin;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.remoting.RemotingException;
import io.mqproducer.internal.route.RouteException;
import io.mqproducer.internal.route.TopicBrokers;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts requests to brokers, each until its deadline: what was certainly not processed is put again, what may have been is
 * not. Futures complete on event loops, if exceptionally then with a {@link RequestFailure}. Thread-safe; waits for nothing.
 */
final class BrokerRequests {

    private static final byte[] NO_BODY = {};

    private final RemotingClient brokers;
    private final TopicRouteTable routes;
    private final Namespace namespace;

    BrokerRequests(RemotingClient brokers, TopicRouteTable routes, Namespace namespace) {
        this.brokers = brokers;
        this.routes = routes;
        this.namespace = namespace;
    }

    /** A server to put a request to. */
    record Server(String brokerName, Endpoint endpoint) {

        @Override
        public String toString() {
            return brokerName + "@" + endpoint;
        }
    }

    Namespace namespace() {
        return namespace;
    }

    /** The brokers of a topic as the application names it, asked of the name servers. */
    CompletableFuture<TopicBrokers> brokersOf(String topic, long expiry) {
        return failing(routes.brokersOf(namespace.wrap(topic), expiry), failure -> {
            FailureKind kind = failure instanceof RouteException route ? route.kind() : FailureKind.PROTOCOL;
            return new RequestFailure(kind, "brokers of topic " + topic + ": " + failure.getMessage(), failure);
        });
    }

    /** Completes with the answer, whatever its code. Cancelled before it is written, the request never is. */
    CompletableFuture<RemotingCommand> ask(Server server, RequestCode code, Map<String, String> fields, long expiry) {
        Map<String, String> all = new LinkedHashMap<>(namespace.headerFields());
        all.putAll(fields);
        RemotingCommand request = RemotingCommand.request(code, all, NO_BODY);
        CompletableFuture<RemotingCommand> answer = new CompletableFuture<>();
        ask(server, request, System.nanoTime(), expiry, answer);
        return answer;
    }

    /** Tries again at once: the client sees to it that a server that refuses connections is not asked for one all the time. */
    private void ask(
            Server server,
            RemotingCommand request,
            long start,
            long expiry,
            CompletableFuture<RemotingCommand> outcome) {
        long remaining = Math.max(0, expiry - System.nanoTime());
        CompletableFuture<RemotingCommand> asked =
                brokers.invoke(server.endpoint(), request, Duration.ofNanos(remaining));
        outcome.whenComplete((answer, failure) -> asked.cancel(false)); // too late, unless somebody else completed it
        asked.whenComplete((answer, failure) -> {
            boolean more = expiry - System.nanoTime() > 0 && !outcome.isDone();
            if (failure == null && (answer.code() != ResponseCode.GO_AWAY.code() || !more)) {
                outcome.complete(answer);
            } else if (more && (failure == null || isWorthAnotherTry(failure))) {
                ask(server, request, start, expiry, outcome);
            } else {
                outcome.completeExceptionally(
                        lost(server, causeOf(failure), Duration.ofNanos(System.nanoTime() - start)));
            }
        });
    }

    private static boolean isWorthAnotherTry(Throwable failure) {
        return causeOf(failure) instanceof RemotingException lost
                && !lost.written()
                && (lost.kind() == FailureKind.CONNECT_FAILED || lost.kind() == FailureKind.CONNECTION_LOST);
    }

    private static RequestFailure lost(Server server, @Nullable Throwable failure, Duration taken) {
        if (failure instanceof RemotingException remoting) {
            String text = server + ": " + remoting.getMessage()
                    + (remoting.kind() == FailureKind.TIMEOUT ? " in " + taken.toMillis() + " ms" : "");
            return new RequestFailure(remoting.kind(), text, remoting.getCause());
        }
        return new RequestFailure(FailureKind.PROTOCOL, server + ": " + failure, failure);
    }

    /** The answer, if its code is 0. */
    static RemotingCommand requireSuccess(Server server, RemotingCommand answer, String remedy) {
        if (answer.code() != ResponseCode.SUCCESS.code()) {
            throw rejected(server, answer, remedy);
        }
        return answer;
    }

    /** @param remedy what to do about it; empty if nothing is known to help */
    static RequestFailure rejected(Server server, RemotingCommand answer, String remedy) {
        String remark = answer.remark();
        return new RequestFailure(FailureReport.of(
                        FailureKind.BROKER_REJECTED,
                        server + " answered " + ResponseCode.describe(answer.code())
                                + (remark == null || remark.isEmpty() ? "" : ": " + remark)
                                + (remedy.isEmpty() ? "" : "; " + remedy))
                .withResponseCode(answer.code()));
    }

    /** What to do about codes that mean the same whatever was asked. */
    static String remedy(int code) {
        return switch (ResponseCode.of(code).orElse(ResponseCode.SUCCESS)) {
            case NO_PERMISSION -> "the producer's credentials do not permit it";
            case REQUEST_CODE_NOT_SUPPORTED -> "this broker is too old for it, or no broker";
            default -> "";
        };
    }

    /** Makes something of an answer; a {@link ProtocolException} becomes the failure that it is. */
    static <T> Function<RemotingCommand, T> reading(Server server, Function<RemotingCommand, T> reader) {
        return answer -> {
            try {
                return reader.apply(answer);
            } catch (ProtocolException e) {
                throw new RequestFailure(
                        FailureKind.PROTOCOL, "unusable answer from " + server + ": " + e.getMessage(), e);
            }
        };
    }

    /** The same, but with its failure as one of ours. */
    static <T> CompletableFuture<T> failing(CompletableFuture<T> future, Function<Throwable, RequestFailure> failure) {
        return future.handle((value, thrown) -> {
            if (thrown != null) {
                throw failure.apply(causeOf(thrown));
            }
            return value;
        });
    }

    static Throwable causeOf(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? failure : cause;
    }

    /** The failure of one of our futures. */
    static RequestFailure asFailure(Throwable thrown) {
        Throwable cause = causeOf(thrown);
        return cause instanceof RequestFailure known
                ? known
                : new RequestFailure(FailureKind.PROTOCOL, String.valueOf(cause), cause);
    }
}
