package io.mqproducer.config;

/** An algorithm that message bodies can be compressed with; consumers recognise it by the system flag of the message. */
public enum CompressionType {
    /** Fast, weaker, without levels. Needs {@code at.yawk.lz4:lz4-java}, and consumers of 4.9.4 or later. */
    LZ4(0x100, Integer.MAX_VALUE),
    /** Strong and still quick. Needs {@code com.github.luben:zstd-jni}, and consumers of 4.9.4 or later. */
    ZSTD(0x200, 22),
    /** RocketMQ's default: needs nothing, and every consumer reads it. */
    ZLIB(0x300, 9);

    private static final int COMPRESSED = 0x1;

    private final int sysFlag;
    private final int maxLevel;

    CompressionType(int typeBits, int maxLevel) {
        this.sysFlag = typeBits | COMPRESSED;
        this.maxLevel = maxLevel;
    }

    /** The bits of a message's system flag that say "compressed, and with this". */
    public int sysFlag() {
        return sysFlag;
    }

    /** The highest level of the algorithm, from 0. */
    public int maxLevel() {
        return maxLevel;
    }
}
