package io.mqproducer.internal.heartbeat;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How brokers tell this producer from all others. Unique for each, so that two of the same group, in one process or in
 * containers with the same address, are two; it says nothing about host or credentials.
 *
 * @param text {@code mq-producer@<instance name>#<random>[@<unit>]}
 */
public record ClientId(String text) {

    public static ClientId create(@Nullable String instanceName, @Nullable String unitName, RandomGenerator random) {
        String instance = instanceName == null ? "" : instanceName;
        String unit = unitName == null ? "" : "@" + unitName;
        return new ClientId("mq-producer@" + instance + "#" + HexFormat.of().toHexDigits(random.nextLong()) + unit);
    }
}
