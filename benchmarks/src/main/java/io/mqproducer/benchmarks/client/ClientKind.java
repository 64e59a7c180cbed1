package io.mqproducer.benchmarks.client;

/** The clients, and the ways they are configured. */
public enum ClientKind {
    /** {@code rocketmq-client} 5.5.0 with its defaults. */
    OFFICIAL,
    /** The same, never compressing. */
    OFFICIAL_UNCOMPRESSED,
    /** Nothing but prebuilt frames on a socket: not a producer, but what one cannot surpass. */
    LIMIT,
    /** This producer with its defaults; futures where sends are asynchronous. */
    OURS,
    /** The same with callbacks instead of futures. */
    OURS_CALLBACK,
    /** The same with LZ4. */
    OURS_LZ4,
    /** The same with two hooks that do nothing. */
    OURS_TWO_HOOKS,
    /** The same with Micrometer's meters. */
    OURS_METERS,
    /** {@code MQTemplate} over it, without meters. */
    TEMPLATE,
    /** {@code MQTemplate} over it, with meters. */
    TEMPLATE_METERS;

    /** As it is written on command lines and in tables: {@code ours-callback}. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Whether it is RocketMQ's own, which gets RocketMQ's jars and none of ours. */
    public boolean isOfficial() {
        return this == OFFICIAL || this == OFFICIAL_UNCOMPRESSED;
    }
}
