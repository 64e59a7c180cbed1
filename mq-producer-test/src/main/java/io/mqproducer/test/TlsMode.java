package io.mqproducer.test;

/** How the servers treat TLS; RocketMQ's {@code tls.server.mode}. */
public enum TlsMode {
    /** TLS connections are refused. */
    DISABLED,
    /** Clients choose. */
    PERMISSIVE,
    /** Connections without TLS are refused. */
    ENFORCING
}
