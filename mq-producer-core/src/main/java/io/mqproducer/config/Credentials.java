package io.mqproducer.config;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a producer says it is to servers with ACL. Immutable; equal if all parts are. Nothing but {@link #secretKey} and
 * {@link #securityToken} gives a secret away: the text form does not, and there is no serialized one.
 *
 * <p>A secret key signs requests and never travels itself; the security token does, readable unless TLS is on.
 */
public final class Credentials {

    private final String accessKey;
    private final String secretKey;
    private final @Nullable String securityToken;

    private Credentials(String accessKey, String secretKey, @Nullable String securityToken) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.securityToken = securityToken;
    }

    /**
     * Credentials that last.
     *
     * @param accessKey the user's name, which servers look it up by
     * @param secretKey what only the user and the servers know
     * @throws IllegalArgumentException if one of them is blank or contains control characters
     */
    public static Credentials of(String accessKey, String secretKey) {
        return new Credentials(checked("access key", accessKey), checked("secret key", secretKey), null);
    }

    /**
     * The same with the token of temporary credentials.
     *
     * @throws IllegalArgumentException if it is blank or contains control characters
     */
    public Credentials withSecurityToken(String securityToken) {
        return new Credentials(accessKey, secretKey, checked("security token", securityToken));
    }

    /** Without the value: it may be a secret, or one in the wrong place. */
    private static String checked(String name, String value) {
        Objects.requireNonNull(value, name);
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " must not contain control characters, not even a line's end");
        }
        return value;
    }

    public String accessKey() {
        return accessKey;
    }

    /** The secret itself. */
    public String secretKey() {
        return secretKey;
    }

    /** The token of temporary credentials, itself a secret. */
    public Optional<String> securityToken() {
        return Optional.ofNullable(securityToken);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Credentials that
                        && accessKey.equals(that.accessKey)
                        && secretKey.equals(that.secretKey)
                        && Objects.equals(securityToken, that.securityToken));
    }

    @Override
    public int hashCode() {
        return accessKey.hashCode();
    }

    /** Says only whether there is a token. */
    @Override
    public String toString() {
        return "Credentials[access key and secret key" + (securityToken == null ? "" : ", security token") + "]";
    }
}
