package io.mqproducer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A producer at one moment. Immutable; tests make their own with {@link #builder}. */
public final class ProducerStatus {

    /** Where a producer is in its life. */
    public enum State {
        NEW,
        RUNNING,
        STOPPING,
        STOPPED,
        CLOSED
    }

    /**
     * A name server.
     *
     * @param address {@code host:port}
     * @param lastAnswer when it last answered, or null if it never has
     * @param lastFailure why the last contact failed, or null if it did not
     */
    public record NameServer(
            String address,
            @Nullable Instant lastAnswer,
            @Nullable String lastFailure) {}

    /**
     * The route of a topic.
     *
     * @param age since it was last confirmed by a name server
     * @param lastUse since a message was last sent there
     * @param brokers names of the brokers that can be written to
     */
    public record Route(String topic, Duration age, Duration lastUse, int queues, List<String> brokers) {
        public Route {
            brokers = List.copyOf(brokers);
        }
    }

    /**
     * A broker.
     *
     * @param name its logical name
     * @param address its master's address, {@code host:port}
     * @param connected whether a connection to it is open
     * @param isolatedFor how much longer it is avoided; zero if it is not
     */
    public record Broker(String name, String address, boolean connected, Duration isolatedFor) {}

    /** A failed send. */
    public record Failure(Instant time, String topic, String text) {}

    private final State state;
    private final List<NameServer> nameServers;
    private final List<Route> routes;
    private final List<Broker> brokers;
    private final int inFlightMessages;
    private final long inFlightBytes;
    private final List<Failure> lastFailures;

    private ProducerStatus(Builder builder) {
        this.state = builder.state;
        this.nameServers = List.copyOf(builder.nameServers);
        this.routes = List.copyOf(builder.routes);
        this.brokers = List.copyOf(builder.brokers);
        this.inFlightMessages = builder.inFlightMessages;
        this.inFlightBytes = builder.inFlightBytes;
        this.lastFailures = List.copyOf(builder.lastFailures);
    }

    /** A builder for a status with this state and nothing else. */
    public static Builder builder(State state) {
        return new Builder(state);
    }

    public State state() {
        return state;
    }

    /** The configured name servers. */
    public List<NameServer> nameServers() {
        return nameServers;
    }

    /** The routes in the cache, by topic. */
    public List<Route> routes() {
        return routes;
    }

    /** The brokers of those routes, by name. */
    public List<Broker> brokers() {
        return brokers;
    }

    /** Messages accepted and without an outcome yet. */
    public int inFlightMessages() {
        return inFlightMessages;
    }

    /** Their bytes as they count against the limit. */
    public long inFlightBytes() {
        return inFlightBytes;
    }

    /** The last sends that failed, newest first; ten at most. */
    public List<Failure> lastFailures() {
        return lastFailures;
    }

    @Override
    public String toString() {
        return "ProducerStatus[" + state + ", nameServers=" + nameServers + ", routes=" + routes + ", brokers="
                + brokers + ", inFlight=" + inFlightMessages + "/" + inFlightBytes + " bytes]";
    }

    /** Collects a {@link ProducerStatus}. Not thread-safe. */
    public static final class Builder {

        private final State state;
        private List<NameServer> nameServers = List.of();
        private List<Route> routes = List.of();
        private List<Broker> brokers = List.of();
        private int inFlightMessages;
        private long inFlightBytes;
        private List<Failure> lastFailures = List.of();

        private Builder(State state) {
            this.state = state;
        }

        public Builder nameServers(List<NameServer> nameServers) {
            this.nameServers = nameServers;
            return this;
        }

        public Builder routes(List<Route> routes) {
            this.routes = routes;
            return this;
        }

        public Builder brokers(List<Broker> brokers) {
            this.brokers = brokers;
            return this;
        }

        public Builder inFlight(int messages, long bytes) {
            this.inFlightMessages = messages;
            this.inFlightBytes = bytes;
            return this;
        }

        public Builder lastFailures(List<Failure> lastFailures) {
            this.lastFailures = lastFailures;
            return this;
        }

        public ProducerStatus build() {
            return new ProducerStatus(this);
        }
    }
}
