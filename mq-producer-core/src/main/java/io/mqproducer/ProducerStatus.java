package io.mqproducer;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /** A name server. */
    public static final class NameServer {

        private final String address;
        private final @Nullable Instant lastAnswer;
        private final @Nullable String lastFailure;

        private NameServer(String address, @Nullable Instant lastAnswer, @Nullable String lastFailure) {
            this.address = address;
            this.lastAnswer = lastAnswer;
            this.lastFailure = lastFailure;
        }

        /** For tests, which have to make their own. */
        public static NameServer of(String address, @Nullable Instant lastAnswer, @Nullable String lastFailure) {
            return new NameServer(address, lastAnswer, lastFailure);
        }

        /** Its address, {@code host:port}. */
        public String address() {
            return address;
        }

        /** When it last answered; empty if it never has. */
        public Optional<Instant> lastAnswer() {
            return Optional.ofNullable(lastAnswer);
        }

        /** Why the last contact failed; empty if it did not. */
        public Optional<String> lastFailure() {
            return Optional.ofNullable(lastFailure);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NameServer that
                    && Objects.equals(address, that.address)
                    && Objects.equals(lastAnswer, that.lastAnswer)
                    && Objects.equals(lastFailure, that.lastFailure);
        }

        @Override
        public int hashCode() {
            return Objects.hash(address, lastAnswer, lastFailure);
        }

        @Override
        public String toString() {
            return "NameServer[" + address + ", " + lastAnswer + ", " + lastFailure + "]";
        }
    }

    /** The route of a topic. */
    public static final class Route {

        private final String topic;
        private final Duration age;
        private final Duration lastUse;
        private final int queues;
        private final List<String> brokers;

        private Route(String topic, Duration age, Duration lastUse, int queues, List<String> brokers) {
            this.topic = topic;
            this.age = age;
            this.lastUse = lastUse;
            this.queues = queues;
            this.brokers = List.copyOf(brokers);
        }

        /** For tests, which have to make their own. */
        public static Route of(String topic, Duration age, Duration lastUse, int queues, List<String> brokers) {
            return new Route(topic, age, lastUse, queues, brokers);
        }

        /** The topic, without namespace. */
        public String topic() {
            return topic;
        }

        /** Since it was last confirmed by a name server. */
        public Duration age() {
            return age;
        }

        /** Since a message was last sent there. */
        public Duration lastUse() {
            return lastUse;
        }

        /** How many queues can be written to. */
        public int queues() {
            return queues;
        }

        /** Names of the brokers that can be written to. */
        public List<String> brokers() {
            return brokers;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Route that
                    && Objects.equals(topic, that.topic)
                    && Objects.equals(age, that.age)
                    && Objects.equals(lastUse, that.lastUse)
                    && queues == that.queues
                    && Objects.equals(brokers, that.brokers);
        }

        @Override
        public int hashCode() {
            return Objects.hash(topic, age, lastUse, queues, brokers);
        }

        @Override
        public String toString() {
            return "Route[" + topic + ", " + age + ", " + lastUse + ", " + queues + ", " + brokers + "]";
        }
    }

    /** A broker. */
    public static final class Broker {

        private final String name;
        private final String address;
        private final boolean connected;
        private final Duration isolatedFor;
        private final @Nullable Duration latency;

        private Broker(
                String name, String address, boolean connected, Duration isolatedFor, @Nullable Duration latency) {
            this.name = name;
            this.address = address;
            this.connected = connected;
            this.isolatedFor = isolatedFor;
            this.latency = latency;
        }

        /** For tests, which have to make their own. */
        public static Broker of(
                String name, String address, boolean connected, Duration isolatedFor, @Nullable Duration latency) {
            return new Broker(name, address, connected, isolatedFor, latency);
        }

        /** Its logical name. */
        public String name() {
            return name;
        }

        /** Its master's address, {@code host:port}. */
        public String address() {
            return address;
        }

        /** Whether a connection to it is open. */
        public boolean connected() {
            return connected;
        }

        /** How much longer it is avoided; zero if it is not. */
        public Duration isolatedFor() {
            return isolatedFor;
        }

        /** How long its last answers to sends took, on average; empty before the first. */
        public Optional<Duration> latency() {
            return Optional.ofNullable(latency);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Broker that
                    && Objects.equals(name, that.name)
                    && Objects.equals(address, that.address)
                    && connected == that.connected
                    && Objects.equals(isolatedFor, that.isolatedFor)
                    && Objects.equals(latency, that.latency);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, address, connected, isolatedFor, latency);
        }

        @Override
        public String toString() {
            return "Broker[" + name + ", " + address + ", " + connected + ", " + isolatedFor + ", " + latency + "]";
        }
    }

    /** A failed send. */
    public static final class Failure {

        private final Instant time;
        private final String topic;
        private final String text;

        private Failure(Instant time, String topic, String text) {
            this.time = time;
            this.topic = topic;
            this.text = text;
        }

        /** For tests, which have to make their own. */
        public static Failure of(Instant time, String topic, String text) {
            return new Failure(time, topic, text);
        }

        /** When it failed. */
        public Instant time() {
            return time;
        }

        /** The topic, without namespace. */
        public String topic() {
            return topic;
        }

        /** The exception's text. */
        public String text() {
            return text;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Failure that
                    && Objects.equals(time, that.time)
                    && Objects.equals(topic, that.topic)
                    && Objects.equals(text, that.text);
        }

        @Override
        public int hashCode() {
            return Objects.hash(time, topic, text);
        }

        @Override
        public String toString() {
            return "Failure[" + time + ", " + topic + ", " + text + "]";
        }
    }

    private final State state;
    private final List<NameServer> nameServers;
    private final List<Route> routes;
    private final List<Broker> brokers;
    private final int inFlightMessages;
    private final long inFlightBytes;
    private final List<Failure> lastFailures;
    private final Map<String, String> settings;

    private ProducerStatus(Builder builder) {
        this.state = builder.state;
        this.nameServers = List.copyOf(builder.nameServers);
        this.routes = List.copyOf(builder.routes);
        this.brokers = List.copyOf(builder.brokers);
        this.inFlightMessages = builder.inFlightMessages;
        this.inFlightBytes = builder.inFlightBytes;
        this.lastFailures = List.copyOf(builder.lastFailures);
        this.settings = builder.settings;
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

    /**
     * All settings that are in force, by the names of their properties ({@code retry.max-retries}), in no secret's
     * words: credentials and passwords are only said to be set.
     */
    public Map<String, String> settings() {
        return settings;
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
        private Map<String, String> settings = Map.of();

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

        public Builder settings(Map<String, String> settings) {
            this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            return this;
        }

        public ProducerStatus build() {
            return new ProducerStatus(this);
        }
    }
}
