package io.mqproducer.config;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A SOCKS5 proxy. Immutable; its text does not contain the password. */
public final class SocksProxy {

    private static final int MAX_LENGTH = 255;

    private final String address;
    private final @Nullable String username;
    private final @Nullable String password;

    private SocksProxy(String address, @Nullable String username, @Nullable String password) {
        this.address = Objects.requireNonNull(address, "address");
        this.username = username;
        this.password = password;
    }

    /** A proxy that asks for no name, at {@code host:port}. */
    public static SocksProxy of(String address) {
        return new SocksProxy(address, null, null);
    }

    /**
     * A proxy that asks for a name and a password, at {@code host:port}.
     *
     * @throws IllegalArgumentException if one of them is empty, longer than 255 characters, or not ASCII
     */
    public static SocksProxy of(String address, String username, String password) {
        check("user name", username);
        check("password", password);
        return new SocksProxy(address, username, password);
    }

    private static void check(String what, String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    what + " of a proxy must have 1 to " + MAX_LENGTH + " characters, got " + value.length());
        }
        if (!value.chars().allMatch(c -> c > 0 && c < 0x80)) {
            throw new IllegalArgumentException(what + " of a proxy must be ASCII");
        }
    }

    /** Where it listens, {@code host:port}. */
    public String address() {
        return address;
    }

    /** The name that it asks for. */
    public Optional<String> username() {
        return Optional.ofNullable(username);
    }

    /** The password that it asks for. */
    public Optional<String> password() {
        return Optional.ofNullable(password);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SocksProxy that
                && address.equals(that.address)
                && Objects.equals(username, that.username)
                && Objects.equals(password, that.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, username);
    }

    /** The address, and the user name if there is one. */
    @Override
    public String toString() {
        return "SocksProxy[" + address + (username == null ? "" : ", user " + username) + "]";
    }
}
