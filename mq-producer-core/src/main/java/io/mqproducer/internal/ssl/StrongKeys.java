package io.mqproducer.internal.ssl;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.interfaces.RSAKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses keys that the JDK still takes and nobody should: RSA below 2 048 bits. In addition to what the JDK refuses. */
final class StrongKeys implements AlgorithmConstraints {

    private static final int LEAST_RSA_BITS = 2048;

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
        return true;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        return !(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, Key key, @Nullable AlgorithmParameters parameters) {
        return permits(primitives, key);
    }
}
