package io.mqproducer.spring.boot.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/** A SOCKS5 proxy. */
public class ProxySettings {

    /** Address of the proxy, 'host:port'. */
    private @Nullable String address;

    /** User name that the proxy asks for. */
    private @Nullable String username;

    /** Password that the proxy asks for. */
    private @Nullable String password;

    public @Nullable String getAddress() {
        return address;
    }

    public void setAddress(@Nullable String address) {
        this.address = address;
    }

    public @Nullable String getUsername() {
        return username;
    }

    public void setUsername(@Nullable String username) {
        this.username = username;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }
}
