package io.mqproducer.internal.protocol;

/**
 * Versions of RocketMQ as headers count them: two numbers for each, a snapshot's before its release's.
 *
 * @param number as in {@link RemotingCommand#version}; 0 for a server that does not say
 */
public record MQVersion(int number) {

    private static final int V4_0_0 = 213;
    private static final int V5_0_0 = 413;
    private static final int PER_PATCH = 2;

    /** Whether it is known to be older than 5.0.0. */
    public boolean isBefore5() {
        return number > 0 && number < V5_0_0;
    }

    /** For example {@code 4.9.7}. */
    @Override
    public String toString() {
        if (number < V4_0_0) {
            return number <= 0 ? "of an unknown version" : "3";
        }
        int patches = (number - V4_0_0 + 1) / PER_PATCH;
        return 4 + patches / 100 + "." + patches / 10 % 10 + "." + patches % 10;
    }
}
