package io.mqproducer.benchmarks.client;

import java.util.Locale;

/** What all requests of a client bear besides what they are about. */
public enum RequestExtras {
    NONE,
    /** A signature with {@link #ACCESS_KEY} and {@link #SECRET_KEY}. */
    ACL,
    /** {@link #NAMESPACE}, in fields of its own. */
    NAMESPACE_V2;

    public static final String ACCESS_KEY = "benchmark";
    public static final String SECRET_KEY = "benchmark-secret-key";
    public static final String NAMESPACE = "benchmarks";

    /** As it is written in names of rows: {@code namespace-v2}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
