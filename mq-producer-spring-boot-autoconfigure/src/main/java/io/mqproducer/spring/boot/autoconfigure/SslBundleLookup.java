package io.mqproducer.spring.boot.autoconfigure;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Finds SSL bundles by their names, and keeps up with what becomes of them. */
final class SslBundleLookup {

    private static final Logger log = LoggerFactory.getLogger(SslBundleLookup.class);

    private final ObjectProvider<SslBundles> bundles;

    SslBundleLookup(ObjectProvider<SslBundles> bundles) {
        this.bundles = bundles;
    }

    /**
     * The bundle as it is whenever it is asked for.
     *
     * @throws IllegalArgumentException if there is none of that name, or nobody who has bundles
     */
    Supplier<SslBundle> find(String name) {
        SslBundles registry = bundles.getIfAvailable();
        if (registry == null) {
            throw new IllegalArgumentException("ssl.bundle is set to '" + name
                    + "', but the context has no SslBundles bean, as Spring Boot's SslAutoConfiguration makes it");
        }
        try {
            CurrentBundle current = new CurrentBundle(name, registry.getBundle(name));
            registry.addBundleUpdateHandler(name, current::replace);
            return current;
        } catch (NoSuchSslBundleException e) {
            throw new IllegalArgumentException(
                    "ssl.bundle must be the name of an SSL bundle below spring.ssl.bundle, got '" + name
                            + "', and there are " + registry.getBundleNames(),
                    e);
        }
    }

    /** Asked on the threads of TLS, replaced on the thread that watches the files. */
    private static final class CurrentBundle implements Supplier<SslBundle> {

        private final String name;
        private volatile SslBundle bundle;

        CurrentBundle(String name, SslBundle bundle) {
            this.name = name;
            this.bundle = bundle;
        }

        void replace(SslBundle changed) {
            bundle = changed;
            log.info("SSL bundle '{}' has changed; new connections of MQ producers use it as it is now", name);
        }

        @Override
        public SslBundle get() {
            return bundle;
        }
    }
}
