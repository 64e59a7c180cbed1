package io.mqproducer.message;

/** How a broker stored a message that it acknowledged; the names are RocketMQ's. */
public enum SendStatus {
    /** Stored as durably as the broker is configured for (answer code 0). */
    SEND_OK,
    /** Stored on the master, but not flushed to disk in time (answer code 10). */
    FLUSH_DISK_TIMEOUT,
    /** Stored on the master, but not replicated in time (answer code 12). */
    FLUSH_SLAVE_TIMEOUT,
    /** Stored on the master, but there was no slave to replicate to (answer code 11). */
    SLAVE_NOT_AVAILABLE;

    /** {@link Outcome#ACKED} for {@link #SEND_OK}, else {@link Outcome#WEAK}. */
    public Outcome outcome() {
        return this == SEND_OK ? Outcome.ACKED : Outcome.WEAK;
    }
}
