package io.mqproducer.spring.transaction.jdbc;

/** When the table of the transaction log is made. */
public enum SchemaInitialization {
    /** If the database is one in memory. */
    EMBEDDED,
    /** If it is not there. */
    ALWAYS,
    /** Not by this library. */
    NEVER
}
