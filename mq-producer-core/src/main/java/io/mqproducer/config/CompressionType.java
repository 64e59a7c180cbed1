package io.mqproducer.config;

/** An algorithm that message bodies can be compressed with; consumers recognise it by the system flag of the message. */
public enum CompressionType {
    /** Fast, weaker. Needs {@code at.yawk.lz4:lz4-java}, and consumers of 4.9.4 or later. */
    LZ4(0x100),
    /** Strong and still quick. Needs {@code com.github.luben:zstd-jni}, and consumers of 4.9.4 or later. */
    ZSTD(0x200),
    /** RocketMQ's default: needs nothing, and every consumer reads it. */
    ZLIB(0x300);

    private static final int COMPRESSED = 0x1;

    private final int sysFlag;

    CompressionType(int typeBits) {
        this.sysFlag = typeBits | COMPRESSED;
    }

    /** The bits of a message's system flag that say "compressed, and with this". */
    public int sysFlag() {
        return sysFlag;
    }
}
