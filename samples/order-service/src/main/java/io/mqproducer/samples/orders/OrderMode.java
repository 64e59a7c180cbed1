package io.mqproducer.samples.orders;

/** How an order is told to the world. */
enum OrderMode {
    /** Blocks until the broker has stored the message. */
    SYNC,
    /** The answer arrives in a future. */
    ASYNC,
    /** Handed over; nobody waits for an answer. */
    ONEWAY,
    /** Visible if and only if the database commits. */
    TRANSACTIONAL;

    /** As customers write it. */
    static OrderMode of(String name) {
        for (OrderMode mode : values()) {
            if (mode.name().equalsIgnoreCase(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("mode must be sync, async, oneway or transactional, got " + name);
    }
}
