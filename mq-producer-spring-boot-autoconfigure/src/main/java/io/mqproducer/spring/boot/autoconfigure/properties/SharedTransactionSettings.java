package io.mqproducer.spring.boot.autoconfigure.properties;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** The primary producer's transactions, and the log that all producers share. */
public class SharedTransactionSettings extends TransactionSettings {

    @NestedConfigurationProperty
    private final TransactionLogSettings jdbc = new TransactionLogSettings();

    public TransactionLogSettings getJdbc() {
        return jdbc;
    }
}
