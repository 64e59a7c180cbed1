package io.mqproducer.internal.protocol;

/** The bits of a message's system flag. */
public final class MessageSysFlag {

    /** The body is compressed. */
    public static final int COMPRESSED = 0x1;

    /** Which algorithm compressed it; none of these bits is zlib too. */
    public static final int COMPRESSION_TYPE = 0x700;

    /** A half message: kept from consumers until its transaction is committed. */
    public static final int TRANSACTION_PREPARED = 0x4;

    /** All that may be said of a transaction; none of these bits is an ordinary message. */
    public static final int TRANSACTION_TYPE = 0xC;

    public static final int TRANSACTION_COMMIT = 0x8;
    public static final int TRANSACTION_ROLLBACK = 0xC;

    /** The address of the producer takes 16 bytes in the stored form; set by the broker. */
    public static final int BORN_HOST_IPV6 = 0x10;

    /** The address of the broker takes 16 bytes in the stored form; set by the broker. */
    public static final int STORE_HOST_IPV6 = 0x20;

    private MessageSysFlag() {}
}
