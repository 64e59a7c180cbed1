package io.mqproducer.internal.config;

import io.mqproducer.config.Credentials;
import org.jspecify.annotations.Nullable;

/** The settings {@code acl.*}, checked. No message contains one of their values. */
public final class AclRules {

    private static final String TOGETHER = " must be set together with ";

    private AclRules() {}

    /**
     * The credentials that these settings are, or null if none is set.
     *
     * @throws IllegalArgumentException naming the setting and the rule that it breaks
     */
    public static @Nullable Credentials credentials(
            @Nullable String accessKey, @Nullable String secretKey, @Nullable String securityToken) {
        if (accessKey == null && secretKey == null && securityToken == null) {
            return null;
        }
        if (accessKey == null) {
            throw new IllegalArgumentException(
                    (secretKey == null ? "acl.security-token" : "acl.secret-key") + TOGETHER + "acl.access-key");
        }
        if (secretKey == null) {
            throw new IllegalArgumentException("acl.access-key" + TOGETHER + "acl.secret-key");
        }
        try {
            Credentials credentials = Credentials.of(accessKey, secretKey);
            return securityToken == null ? credentials : credentials.withSecurityToken(securityToken);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("acl: " + e.getMessage(), e);
        }
    }
}
