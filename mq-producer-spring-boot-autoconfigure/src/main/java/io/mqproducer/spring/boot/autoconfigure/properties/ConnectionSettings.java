package io.mqproducer.spring.boot.autoconfigure.properties;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How connections are opened, kept and closed. */
public class ConnectionSettings {

    /** Maximum time to establish a connection. */
    private Duration connectTimeout = Duration.ofSeconds(3);

    /** Time after which an unused connection is closed. */
    private Duration idleTimeout = Duration.ofMinutes(2);

    /** Time between heartbeats to the brokers. */
    private Duration heartbeatInterval = Duration.ofSeconds(30);

    /** Time between refreshes of topic routes. */
    private Duration routeRefreshInterval = Duration.ofSeconds(30);

    /** Number of I/O threads. If not set, derived from the number of processors. */
    private @Nullable Integer ioThreads;

    /** Whether to use the native transport of Netty if it is available. */
    private boolean nativeTransport = true;

    /** Addresses of brokers, by the 'host:port' address that name servers tell. Use brackets around such a key. */
    private Map<String, String> brokerAddressMapping = new LinkedHashMap<>();

    /** SOCKS5 proxies, by the range of addresses that they are the way to, such as '[10.0.0.0/8]'. */
    private Map<String, ProxySettings> proxy = new LinkedHashMap<>();

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Duration getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public Duration getHeartbeatInterval() {
        return heartbeatInterval;
    }

    public void setHeartbeatInterval(Duration heartbeatInterval) {
        this.heartbeatInterval = heartbeatInterval;
    }

    public Duration getRouteRefreshInterval() {
        return routeRefreshInterval;
    }

    public void setRouteRefreshInterval(Duration routeRefreshInterval) {
        this.routeRefreshInterval = routeRefreshInterval;
    }

    public @Nullable Integer getIoThreads() {
        return ioThreads;
    }

    public void setIoThreads(@Nullable Integer ioThreads) {
        this.ioThreads = ioThreads;
    }

    public boolean isNativeTransport() {
        return nativeTransport;
    }

    public void setNativeTransport(boolean nativeTransport) {
        this.nativeTransport = nativeTransport;
    }

    public Map<String, String> getBrokerAddressMapping() {
        return brokerAddressMapping;
    }

    public void setBrokerAddressMapping(Map<String, String> brokerAddressMapping) {
        this.brokerAddressMapping = brokerAddressMapping;
    }

    public Map<String, ProxySettings> getProxy() {
        return proxy;
    }

    public void setProxy(Map<String, ProxySettings> proxy) {
        this.proxy = proxy;
    }
}
