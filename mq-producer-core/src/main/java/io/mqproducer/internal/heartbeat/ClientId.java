package io.mqproducer.internal.heartbeat;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How brokers tell this producer from all others. Unique for each, so that two of the same group, in one process or in
 * containers with the same address, are two; it says nothing about host or credentials, but for an address that was set.
 *
 * @param text {@code <client address>@<instance name>#<random>[@<unit>]}
 */
public record ClientId(String text) {

    private static final String UNNAMED_HOST = "mq-producer";

    public static ClientId create(
            @Nullable String clientAddress,
            @Nullable String instanceName,
            @Nullable String unitName,
            RandomGenerator random) {
        String address = clientAddress == null ? UNNAMED_HOST : clientAddress;
        String instance = instanceName == null ? "" : instanceName;
        String unit = unitName == null ? "" : "@" + unitName;
        return new ClientId(address + "@" + instance + "#" + HexFormat.of().toHexDigits(random.nextLong()) + unit);
    }
}
