package io.mqproducer.internal.remoting;

import io.mqproducer.internal.remoting.SocksProxies.Proxy;
import io.mqproducer.internal.util.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ways to a server: to each of its addresses, directly or through the proxy that it is behind; the one that last led
 * there comes first. Thread-safe.
 */
final class Ways {

    /**
     * One way.
     *
     * @param socket what the socket is connected to
     * @param proxy the proxy that listens there, or null if it is the server itself
     * @param server what that proxy is to connect to, as a name if the look-up is left to it; else equal to {@code socket}
     */
    record Way(InetSocketAddress socket, @Nullable Proxy proxy, InetSocketAddress server) {}

    private final HostResolver resolver;
    private final SocksProxies proxies;
    private final Map<Endpoint, Way> lastGood = new ConcurrentHashMap<>();

    Ways(HostResolver resolver, SocksProxies proxies) {
        this.resolver = resolver;
        this.proxies = proxies;
    }

    /** At least one, or a failure to look up a host; completes at once, or on a thread for look-ups. */
    CompletableFuture<List<Way>> to(Endpoint server) {
        return find(server).thenApply(found -> bestFirst(server, found));
    }

    private CompletableFuture<List<Way>> find(Endpoint server) {
        Proxy forNames = proxies.ofNames();
        if (forNames != null && HostResolver.literal(server.host()) == null) {
            return through(forNames, InetSocketAddress.createUnresolved(server.host(), server.port()));
        }
        return resolver.resolve(server.host()).thenCompose(addresses -> {
            CompletableFuture<List<Way>> all = CompletableFuture.completedFuture(List.of());
            for (InetAddress address : addresses) {
                all = all.thenCombine(find(new InetSocketAddress(address, server.port())), Ways::joined);
            }
            return all;
        });
    }

    private CompletableFuture<List<Way>> find(InetSocketAddress server) {
        Proxy proxy = proxies.isEmpty() ? null : proxies.of(server.getAddress());
        return proxy == null
                ? CompletableFuture.completedFuture(List.of(new Way(server, null, server)))
                : through(proxy, server);
    }

    private CompletableFuture<List<Way>> through(Proxy proxy, InetSocketAddress server) {
        return resolver.resolve(proxy.address().host())
                .thenApply(addresses -> addresses.stream()
                        .map(address -> new Way(
                                new InetSocketAddress(address, proxy.address().port()), proxy, server))
                        .toList());
    }

    private static List<Way> joined(List<Way> some, List<Way> more) {
        List<Way> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private List<Way> bestFirst(Endpoint server, List<Way> found) {
        Way good = lastGood.get(server);
        return good == null
                ? found
                : found.stream()
                        .sorted(Comparator.comparing((Way way) -> !way.equals(good)))
                        .toList();
    }

    /** Notes that a way led to the server, one of several. */
    void led(Endpoint server, Way way) {
        lastGood.put(server, way);
    }

    /** Forgets what it knows of all servers but these. */
    void retainAll(Set<Endpoint> servers) {
        lastGood.keySet().retainAll(servers);
    }
}
