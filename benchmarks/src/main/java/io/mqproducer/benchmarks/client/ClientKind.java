package io.mqproducer.benchmarks.client;

/** The clients, and the ways they are configured. */
public enum ClientKind {
    /** {@code rocketmq-client} 5.5.0 with its defaults. */
    OFFICIAL("rocketmq-client 5.5.0"),
    /** The same, never compressing. */
    OFFICIAL_UNCOMPRESSED("rocketmq-client, compression off"),
    /** The same with {@code setAutoBatch(true)}. */
    OFFICIAL_AUTO_BATCH("rocketmq-client, auto-batch"),
    /** Nothing but prebuilt frames on a socket: not a producer, but what one cannot surpass. */
    LIMIT("bare Netty (limit)"),
    /** This producer with its defaults; futures where sends are asynchronous. */
    OURS("mq-producer"),
    /** The same with callbacks instead of futures. */
    OURS_CALLBACK("mq-producer, callbacks"),
    /** The same with automatic batching. */
    OURS_BATCHING("mq-producer, batching"),
    /** The same with LZ4. */
    OURS_LZ4("mq-producer, LZ4"),
    /** The same with two hooks that do nothing. */
    OURS_TWO_HOOKS("mq-producer, two hooks"),
    /** The same with Micrometer's meters. */
    OURS_METERS("mq-producer, meters"),
    /** {@code MQTemplate} over it, without meters. */
    TEMPLATE("MQTemplate"),
    /** {@code MQTemplate} over it, with meters. */
    TEMPLATE_METERS("MQTemplate, meters");

    private final String title;

    ClientKind(String title) {
        this.title = title;
    }

    /** As a reader of tables and charts knows it. */
    public String title() {
        return title;
    }

    /** As it is written on command lines: {@code ours-callback}. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Whether it is RocketMQ's own, which gets RocketMQ's jars and none of ours. */
    public boolean isOfficial() {
        return this == OFFICIAL || this == OFFICIAL_UNCOMPRESSED || this == OFFICIAL_AUTO_BATCH;
    }
}
