package io.mqproducer.benchmarks.client;

/**
 * What a client has to know.
 *
 * @param server the {@code host:port} of the name server
 * @param broker the {@code host:port} of a broker, for the client that asks for no route
 * @param keysAndTags whether each message bears a key and a tag
 */
public record ClientSettings(String server, String broker, boolean keysAndTags) {}
