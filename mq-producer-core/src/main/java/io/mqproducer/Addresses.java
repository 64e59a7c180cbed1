package io.mqproducer;

import io.mqproducer.config.SocksProxy;
import io.mqproducer.internal.remoting.SocksProxies;
import io.mqproducer.internal.util.Endpoint;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the settings that are made of addresses. What is wrong with one is an {@link IllegalArgumentException}. */
final class Addresses {

    private Addresses() {}

    static Map<Endpoint, Endpoint> mapping(Map<String, String> texts) {
        Map<Endpoint, Endpoint> mapping = new HashMap<>();
        texts.forEach((from, to) -> mapping.put(Endpoint.parse(from.strip()), Endpoint.parse(to.strip())));
        return mapping;
    }

    /** @throws IllegalStateException if the library that speaks SOCKS is missing */
    static SocksProxies proxies(Map<String, SocksProxy> byRange) {
        Map<String, SocksProxies.Proxy> proxies = new LinkedHashMap<>();
        byRange.forEach((range, proxy) -> proxies.put(
                range.strip(),
                new SocksProxies.Proxy(
                        Endpoint.parse(proxy.address().strip()),
                        proxy.username().orElse(null),
                        proxy.password().orElse(null))));
        return SocksProxies.of(proxies);
    }
}
