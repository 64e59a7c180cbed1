package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.config.Credentials;
import io.mqproducer.spring.boot.autoconfigure.properties.AclSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** What the properties of the primary producer say. Has no text form: some of it is secret. */
final class PropertiesMQConnectionDetails implements MQConnectionDetails {

    private final ProducerSettings settings;
    private final SslBundleLookup bundles;

    PropertiesMQConnectionDetails(ProducerSettings settings, SslBundleLookup bundles) {
        this.settings = settings;
        this.bundles = bundles;
    }

    @Override
    public List<String> getNameServers() {
        return settings.getNameServers();
    }

    @Override
    public @Nullable Credentials getCredentials() {
        AclSettings acl = settings.getAcl();
        if (acl.getAccessKey() == null || acl.getSecretKey() == null) {
            return null;
        }
        Credentials credentials = Credentials.of(acl.getAccessKey(), acl.getSecretKey());
        return acl.getSecurityToken() == null ? credentials : credentials.withSecurityToken(acl.getSecurityToken());
    }

    @Override
    public @Nullable SslBundle getSslBundle() {
        String bundle = settings.getSsl().getBundle();
        return bundle == null || Boolean.FALSE.equals(settings.getSsl().getEnabled())
                ? null
                : bundles.find(bundle).get();
    }
}
