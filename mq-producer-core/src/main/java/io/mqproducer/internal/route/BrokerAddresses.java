package io.mqproducer.internal.route;

import io.mqproducer.internal.remoting.HostResolver;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.PrintableText;
import io.mqproducer.spi.BrokerAddressMapper;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where brokers are reached: the address that a name server tells, at the VIP port if that is wanted, then as the settings
 * and the application map it. The one place where a foreign address becomes one to connect to. Immutable; thread-safe.
 */
public final class BrokerAddresses {

    /** As the name servers tell. */
    public static final BrokerAddresses AS_TOLD =
            new BrokerAddresses(false, Map.of(), BrokerAddressMapper.NONE, Runnable::run);

    private static final int VIP_DISTANCE = 2;
    private static final int SHOWN = 100;

    private final boolean vipChannel;
    private final Map<Endpoint, Endpoint> mapping;
    private final BrokerAddressMapper mapper;
    private final Executor mapperThreads;

    /**
     * Addresses as the settings want them.
     *
     * @param vipChannel whether the port is to be the one minus two
     * @param mapper the application's own; {@link BrokerAddressMapper#NONE} if there is none
     * @param mapperThreads where the mapper runs; stay their giver's
     */
    public BrokerAddresses(
            boolean vipChannel, Map<Endpoint, Endpoint> mapping, BrokerAddressMapper mapper, Executor mapperThreads) {
        this.vipChannel = vipChannel;
        this.mapping = Map.copyOf(mapping);
        this.mapper = mapper;
        this.mapperThreads = mapperThreads;
    }

    /** Where addresses are to be made, if they take code of the application's; else null. */
    @Nullable
    Executor threads() {
        return mapper == BrokerAddressMapper.NONE ? null : mapperThreads;
    }

    /**
     * The address to connect to.
     *
     * @param told what the name server tells
     * @throws IllegalArgumentException if there is none that messages may go to, saying why
     */
    Endpoint of(String brokerName, String told) {
        Endpoint address = Endpoint.parse(told);
        if (vipChannel) {
            address = vip(address);
        }
        Endpoint mapped = mapping.getOrDefault(address, address);
        if (mapper != BrokerAddressMapper.NONE) {
            mapped = map(brokerName, mapped);
        }
        if (mapped.equals(address)) { // the name server's word alone
            refuseWhereNoBrokerIs(address);
        }
        return mapped;
    }

    /** Addresses that brokers do not have, but for example what tells a virtual machine its secrets. */
    private static void refuseWhereNoBrokerIs(Endpoint address) {
        InetAddress ip = HostResolver.literal(address.host());
        if (ip != null
                && (ip.isAnyLocalAddress()
                        || ip.isMulticastAddress()
                        || (ip.isLinkLocalAddress() && ip instanceof Inet4Address))) {
            throw new IllegalArgumentException("address must not be link-local, multicast or 0.0.0.0, got " + address);
        }
    }

    private static Endpoint vip(Endpoint address) {
        if (address.port() <= VIP_DISTANCE) {
            throw new IllegalArgumentException(
                    "vip-channel-enabled needs a port of at least " + (VIP_DISTANCE + 1) + ", got " + address);
        }
        return new Endpoint(address.host(), address.port() - VIP_DISTANCE);
    }

    private Endpoint map(String brokerName, Endpoint address) {
        try {
            return Endpoint.parse(Objects.requireNonNull(mapper.map(brokerName, address.toString()), "null"));
        } catch (RuntimeException | Error e) {
            throw new IllegalArgumentException(
                    "broker address mapper fails at " + address + ": " + PrintableText.of(String.valueOf(e), SHOWN), e);
        }
    }
}
