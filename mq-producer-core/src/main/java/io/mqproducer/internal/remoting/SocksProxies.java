package io.mqproducer.internal.remoting;

import io.mqproducer.internal.util.Endpoint;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are behind which SOCKS5 proxy: the smallest range that holds an address decides. Immutable and
 * thread-safe.
 */
public final class SocksProxies {

    /** Everything is connected to directly. */
    public static final SocksProxies NONE = new SocksProxies(List.of());

    /** A proxy; its text does not contain the password. */
    public record Proxy(
            Endpoint address,
            @Nullable String username,
            @Nullable String password) {

        @Override
        public String toString() {
            return "SOCKS5 proxy " + address;
        }
    }

    private record Entry(AddressRange range, Proxy proxy) {}

    private final List<Entry> entries;

    private SocksProxies(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * Proxies by ranges, {@code address/prefix length} each.
     *
     * @throws IllegalArgumentException if a range cannot be read, or is there twice
     * @throws IllegalStateException if the library that speaks SOCKS is missing
     */
    public static SocksProxies of(Map<String, Proxy> byRange) {
        if (byRange.isEmpty()) {
            return NONE;
        }
        Map<AddressRange, Proxy> ranges = new LinkedHashMap<>();
        byRange.forEach((text, proxy) -> {
            if (ranges.put(AddressRange.parse(text), proxy) != null) {
                throw new IllegalArgumentException("range must be there once, got '" + text + "' twice");
            }
        });
        requireLibrary();
        return new SocksProxies(ranges.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt((Entry entry) -> entry.range().prefix())
                        .reversed())
                .toList());
    }

    private static void requireLibrary() {
        try {
            SocksTunnel.requireLibrary();
        } catch (LinkageError e) {
            throw new IllegalStateException("needs io.netty:netty-handler-proxy on the class path", e);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The proxy that this address is behind, or null if it is behind none. */
    @Nullable
    Proxy of(InetAddress address) {
        for (Entry entry : entries) {
            if (entry.range().contains(address)) {
                return entry.proxy();
            }
        }
        return ofNames();
    }

    /** The proxy that looks host names up itself, being the way to everything; null if there is none. */
    @Nullable
    Proxy ofNames() {
        for (Entry entry : entries) {
            if (entry.range().isEverything()) {
                return entry.proxy();
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
