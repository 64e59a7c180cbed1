package io.mqproducer.benchmarks.client;

/**
 * What a client has to know.
 *
 * @param server the {@code host:port} of the name server
 * @param broker the {@code host:port} of a broker, for the client that asks for no route
 * @param group the producer group
 * @param inFlight how many messages may wait for their answers; a client's own limit must not be below
 * @param keysAndTags whether each message bears {@link #KEY} and {@link #TAG}
 * @param extras what each request bears
 */
public record ClientSettings(
        String server, String broker, String group, int inFlight, boolean keysAndTags, RequestExtras extras) {

    public static final String KEY = "order-4711";
    public static final String TAG = "paid";
}
