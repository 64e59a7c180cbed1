package io.mqproducer.spi;

import io.mqproducer.config.Credentials;

/**
 * Where credentials come from, for servers with ACL. Asked for every request that is written, so what it returns may change
 * at any time: that is how keys are rotated without a restart. Called by several I/O threads at once.
 *
 * <p>It runs on the thread that writes, and until it returns nothing else is written or read there. So it must only read
 * what another thread has made ready, a {@code volatile} field for example, and never fetch anything itself.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * The credentials of the next request; best the same object as long as they are the same. If it throws, or returns
     * null, the request fails without having been written.
     */
    Credentials credentials();
}
