package io.mqproducer.config;

/** What a send does when the limit of messages or bytes in flight is reached. */
public enum BackPressureMode {
    /** Waits for room until its deadline. */
    BLOCK,
    /** Fails at once. */
    FAIL
}
