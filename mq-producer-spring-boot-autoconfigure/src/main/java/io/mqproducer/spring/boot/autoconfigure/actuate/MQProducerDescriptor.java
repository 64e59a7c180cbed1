package io.mqproducer.spring.boot.autoconfigure.actuate;

import io.mqproducer.ProducerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One producer, in the shape of the answer. Times are ISO 8601, ages and latencies milliseconds, sizes bytes.
 *
 * @param state where it is in its life
 * @param inFlight what has been accepted and has no outcome yet
 * @param nameServers as configured
 * @param routes what is known of topics
 * @param brokers those of the routes
 * @param lastFailures of sends, newest first
 * @param settings those in force, by the names of their properties below {@code mq.producer}
 */
public record MQProducerDescriptor(
        ProducerStatus.State state,
        InFlight inFlight,
        List<NameServer> nameServers,
        List<Route> routes,
        List<Broker> brokers,
        List<Failure> lastFailures,
        Map<String, String> settings)
        implements OperationResponseBody {

    /** What has no outcome yet. */
    public record InFlight(int messages, long bytes) {}

    /**
     * A name server.
     *
     * @param lastAnswerAgoMs since it last answered; null if it never has
     * @param lastFailure why the last contact failed; null if it did not
     */
    public record NameServer(
            String address,
            @Nullable Long lastAnswerAgoMs,
            @Nullable String lastFailure) {}

    /**
     * The route of a topic.
     *
     * @param ageMs since a name server last confirmed it
     * @param lastUseAgoMs since a message was last sent by it
     */
    public record Route(String topic, int queues, List<String> brokers, long ageMs, long lastUseAgoMs) {}

    /**
     * A broker.
     *
     * @param latencyMs of its last answers, on average; null before the first
     * @param isolatedForMs how much longer it is avoided; 0 if it is not
     */
    public record Broker(
            String name,
            String address,
            boolean connected,
            @Nullable Double latencyMs,
            long isolatedForMs) {}

    /** A send that failed. */
    public record Failure(Instant time, String topic, String text) {}

    static MQProducerDescriptor of(ProducerStatus status, Instant now) {
        return new MQProducerDescriptor(
                status.state(),
                new InFlight(status.inFlightMessages(), status.inFlightBytes()),
                status.nameServers().stream().map(server -> of(server, now)).toList(),
                status.routes().stream().map(MQProducerDescriptor::of).toList(),
                status.brokers().stream().map(MQProducerDescriptor::of).toList(),
                status.lastFailures().stream()
                        .map(failure -> new Failure(failure.time(), failure.topic(), failure.text()))
                        .toList(),
                status.settings());
    }

    private static NameServer of(ProducerStatus.NameServer server, Instant now) {
        return new NameServer(
                server.address(),
                server.lastAnswer()
                        .map(answer -> Duration.between(answer, now).toMillis())
                        .orElse(null),
                server.lastFailure().orElse(null));
    }

    private static Route of(ProducerStatus.Route route) {
        return new Route(
                route.topic(),
                route.queues(),
                route.brokers(),
                route.age().toMillis(),
                route.lastUse().toMillis());
    }

    private static Broker of(ProducerStatus.Broker broker) {
        return new Broker(
                broker.name(),
                broker.address(),
                broker.connected(),
                broker.latency().map(MQProducerDescriptor::millis).orElse(null),
                broker.isolatedFor().toMillis());
    }

    /** With three decimals: brokers answer in less than a millisecond. */
    private static Double millis(Duration latency) {
        return Math.round(latency.toNanos() / 1e3) / 1e3;
    }
}
