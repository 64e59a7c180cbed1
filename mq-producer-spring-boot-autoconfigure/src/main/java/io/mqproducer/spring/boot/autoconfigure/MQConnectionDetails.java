package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.config.Credentials;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where the servers are, and what is needed to be let in. A bean of this type wins over the properties, for the primary
 * producer and for instances that do not set {@code name-servers} themselves. What is null comes from the properties.
 */
public interface MQConnectionDetails extends ConnectionDetails {

    /** Addresses of the name servers, {@code host:port} each. */
    @Nullable
    List<String> getNameServers();

    /** Who the producer is to servers with ACL. */
    default @Nullable Credentials getCredentials() {
        return null;
    }

    /** Whom the producer trusts, and what it shows of itself; TLS is spoken if there is one. */
    default @Nullable SslBundle getSslBundle() {
        return null;
    }
}
