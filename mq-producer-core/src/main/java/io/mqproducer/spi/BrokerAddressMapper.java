package io.mqproducer.spi;

/**
 * Tells where a broker is reached whose address is not what the name servers tell, as behind NAT or from outside Docker.
 * Called for each broker of a route whenever one is looked up or refreshed, on a thread that is there for look-ups of names;
 * it must be thread-safe and must not block, because sends wait for its answer.
 */
@FunctionalInterface
public interface BrokerAddressMapper {

    /** Every broker is where the name servers say. */
    BrokerAddressMapper NONE = (brokerName, address) -> address;

    /**
     * Where to connect to.
     *
     * @param brokerName the broker's logical name
     * @param address its address so far, {@code host:port}
     * @return the address to use, {@code host:port}; the same for a broker that needs no other. If it is nothing of the kind,
     *     or the mapper throws, the broker is left out of the route: no message goes where it may not belong.
     */
    String map(String brokerName, String address);
}
