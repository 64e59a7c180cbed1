package io.mqproducer.spring.boot.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/** Who the producer is to servers with ACL. Has no text form: the values are secrets. */
public class AclSettings {

    /** Access key of the producer. Only together with the secret key. */
    private @Nullable String accessKey;

    /** Secret key of the producer. */
    private @Nullable String secretKey;

    /** Security token of temporary credentials. */
    private @Nullable String securityToken;

    public @Nullable String getAccessKey() {
        return accessKey;
    }

    public void setAccessKey(@Nullable String accessKey) {
        this.accessKey = accessKey;
    }

    public @Nullable String getSecretKey() {
        return secretKey;
    }

    public void setSecretKey(@Nullable String secretKey) {
        this.secretKey = secretKey;
    }

    public @Nullable String getSecurityToken() {
        return securityToken;
    }

    public void setSecurityToken(@Nullable String securityToken) {
        this.securityToken = securityToken;
    }
}
