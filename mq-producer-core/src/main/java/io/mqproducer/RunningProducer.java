package io.mqproducer;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.internal.admin.BrokerAdmin;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.heartbeat.HeartbeatService;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.reply.ReplyBrokers;
import io.mqproducer.internal.reply.RequestReply;
import io.mqproducer.internal.route.NameServers;
import io.mqproducer.internal.route.RouteException;
import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.selection.BrokerHealth;
import io.mqproducer.internal.send.MessageSender;
import io.mqproducer.internal.transaction.CheckedBrokers;
import io.mqproducer.internal.transaction.TransactionChecks;
import io.mqproducer.internal.transaction.TransactionSender;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a producer has between a start and the next stop: threads, connections, routes, sends. A restart makes a
 * new one, so nothing of an old life can leak into the next.
 */
final class RunningProducer {

    private static final Logger log = LoggerFactory.getLogger(RunningProducer.class);

    /** What stopping may take beyond the drain: saying goodbye to brokers, ending threads. */
    private static final Duration GOODBYE = Duration.ofMillis(300);

    private static final Duration LAST_CALLBACKS = Duration.ofMillis(500);

    /** The parts of it, in the order in which they are made. */
    record Parts(
            ProducerConfig config,
            ThreadLease threads,
            RemotingClient nameServerClient,
            RemotingClient brokerClient,
            NameServers nameServers,
            TopicRouteTable routes,
            BrokerHealth health,
            HeartbeatService heartbeats,
            MessageSender sender,
            RequestReply requests,
            ReplyBrokers replyBrokers,
            RemotingClient lookupClient,
            BrokerAdmin admin,
            TransactionSender transactions,
            TransactionChecks checks,
            CheckedBrokers checkedBrokers,
            @Nullable Tracing tracing) {}

    private final Parts parts;
    private final Queue<Future<?>> repeated = new ConcurrentLinkedQueue<>();

    RunningProducer(Parts parts) {
        this.parts = parts;
    }

    MessageSender sender() {
        return parts.sender();
    }

    TransactionSender transactions() {
        return parts.transactions();
    }

    TopicRouteTable routes() {
        return parts.routes();
    }

    RequestReply requests() {
        return parts.requests();
    }

    BrokerAdmin admin() {
        return parts.admin();
    }

    /**
     * Begins to contact servers, in the background.
     *
     * @return completes when a name server has answered, or exceptionally when none has
     */
    Future<?> start() {
        Future<?> contact = parts.routes().contact();
        for (String topic : parts.config().topics().warmUp()) {
            long expiry = System.nanoTime() + parts.config().send().timeout().toNanos();
            parts.routes().lookUp(topic, expiry).whenComplete((route, failure) -> warmUp(topic, route, failure));
        }
        parts.checkedBrokers().keepInTouch();
        repeat(parts.config().connection().routeRefreshInterval(), parts.routes()::refreshAll);
        Duration heartbeatInterval = parts.config().connection().heartbeatInterval();
        Duration heartbeatTimeout = parts.config().connection().connectTimeout();
        repeat(heartbeatInterval, () -> {
            parts.heartbeats().beat(parts.brokerClient(), heartbeatTimeout);
            parts.checkedBrokers().keepInTouch();
            parts.replyBrokers().keepInTouch();
        });
        ProducerConfig.Detector detector = parts.config().faultTolerance().detector();
        if (detector.enabled()) {
            repeat(detector.interval(), () -> probeFailingBrokers(detector.timeout()));
        }
        return contact;
    }

    /** So that a broker that is well again is used before its time is over. */
    private void probeFailingBrokers(Duration timeout) {
        Map<String, Endpoint> failing = new HashMap<>();
        for (TopicRouteTable.Entry entry : parts.routes().entries()) {
            for (TopicRoute.BrokerQueues broker : entry.route().brokers()) {
                if (parts.health().isFailing(broker.brokerName(), System.nanoTime())) {
                    failing.put(broker.brokerName(), broker.address());
                }
            }
        }
        failing.forEach((name, address) -> parts.heartbeats()
                .probe(parts.brokerClient(), address, timeout)
                .thenRun(() -> parts.health().probeAnswered(name, System.nanoTime())));
    }

    private void warmUp(String topic, TopicRoute route, Throwable failure) {
        if (failure != null) {
            log.warn("warm-up of topic {}: {}", topic, failure.getMessage());
            return;
        }
        route.brokers().forEach(broker -> parts.brokerClient().warmUp(broker.address()));
    }

    private void repeat(Duration interval, Runnable task) {
        Runnable safe = () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) { // else it would never run again
                log.error("housekeeping failed", e);
            }
        };
        repeated.add(parts.threads()
                .housekeeping()
                .scheduleWithFixedDelay(safe, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS));
    }

    /**
     * Waits for the first contact with a name server.
     *
     * @throws RequestFailedException if none answers
     */
    void await(Future<?> contact) {
        try {
            contact.get(parts.nameServers().servers().size() * 2L, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestFailedException(FailureKind.INTERRUPTED, "interrupted while starting");
        } catch (TimeoutException e) {
            throw unavailable("no name server answered: " + parts.nameServers().describe(), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String reason = cause instanceof RouteException ? cause.getMessage() : String.valueOf(cause);
            throw unavailable(String.valueOf(reason), e);
        }
    }

    private static RequestFailedException unavailable(String text, Exception cause) {
        return new RequestFailedException(FailureReport.of(
                        FailureKind.NAME_SERVER_UNAVAILABLE, text + "; start one, or let the producer start without")
                .withCause(cause));
    }

    /**
     * Drains for so long, then ends everything; returns when all of it is over. An interrupt cuts none of it short, and is
     * still there afterwards.
     */
    void stop(Duration drain) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + drain.toNanos();
        Tracing tracing = parts.tracing();
        try {
            if (tracing != null) {
                tracing.hurry();
            }
            drain(deadline, drain.toMillis());
            interrupted = Thread.interrupted(); // else traces, goodbye and the wait for callbacks would not take place
            if (tracing != null) {
                tracing.drain(deadline);
            }
            interrupted |= Thread.interrupted();
            sayGoodbye();
        } finally {
            interrupted |= Thread.interrupted();
            end();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** First the messages, then what goes on after a message is sent: none of it begins once there is no sending. */
    private void drain(long deadline, long millis) {
        if (!parts.sender().drain(deadline)) {
            log.warn(
                    "{} messages have no outcome after {} ms of draining and end as they are",
                    parts.sender().inFlightMessages(),
                    millis);
        }
        if (!parts.requests().drain(deadline)) {
            log.warn(
                    "{} requests have no reply after {} ms of draining",
                    parts.requests().waiting(),
                    millis);
        }
        if (!parts.transactions().drain(deadline)) {
            log.warn(
                    "{} transactions have not ended after {} ms of draining: brokers will ask about them",
                    parts.transactions().running(),
                    millis);
        }
    }

    private void sayGoodbye() {
        try {
            parts.heartbeats()
                    .unregister(parts.brokerClient(), GOODBYE)
                    .get(2 * GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug("unregistering", e);
        }
    }

    /** Ends everything at once. */
    void end() {
        repeated.forEach(task -> task.cancel(false));
        parts.sender().close();
        parts.requests().close();
        parts.checks().close();
        if (parts.tracing() != null) {
            parts.tracing().close();
        }
        parts.brokerClient().close();
        parts.lookupClient().close();
        parts.nameServerClient().close();
        parts.threads().endIo();
        try {
            parts.sender().closeCallbacks(LAST_CALLBACKS);
            if (parts.tracing() != null) {
                parts.tracing().closeCallbacks(LAST_CALLBACKS);
            }
            parts.checks().awaitEnd(LAST_CALLBACKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.threads().end(LAST_CALLBACKS);
    }

    /** Fills in what is known at this moment. */
    ProducerStatus.Builder describe(ProducerStatus.Builder status) {
        return StatusReport.of(parts, status);
    }

    int connections() {
        return parts.brokerClient().connected().size()
                + parts.lookupClient().connected().size()
                + parts.nameServerClient().connected().size();
    }

    int isolatedBrokers() {
        return parts.health().isolated(System.nanoTime());
    }
}
