package io.mqproducer.spring.boot.autoconfigure.transaction;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Takes the scripts that make the table into a native image. */
final class TransactionLogRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("io/mqproducer/spring/transaction/jdbc/schema-*.sql");
    }
}
