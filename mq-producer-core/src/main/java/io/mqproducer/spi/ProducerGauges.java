package io.mqproducer.spi;

/** Figures of a producer that can be read at any time, from any thread, at no cost to its sends. */
public interface ProducerGauges {

    /** Messages accepted and without an outcome yet. */
    int inFlightMessages();

    /** Their bytes as they count against the limit. */
    long inFlightBytes();

    /** Open connections to brokers and name servers. */
    int connections();

    /** Brokers that are avoided at the moment. */
    int isolatedBrokers();
}
