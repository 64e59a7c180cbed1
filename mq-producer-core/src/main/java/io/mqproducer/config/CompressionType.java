package io.mqproducer.config;

/** How bodies are compressed. LZ4 and ZSTD need their optional jar, and consumers from 4.9.4 on. */
public enum CompressionType {
    LZ4(0x100, Integer.MAX_VALUE),
    ZSTD(0x200, 22),
    ZLIB(0x300, 9);

    private final int flag;
    private final int maxLevel;

    CompressionType(int flag, int maxLevel) {
        this.flag = flag;
        this.maxLevel = maxLevel;
    }

    /** The bits of the message's system flag that name this type. */
    public int flag() {
        return flag;
    }

    /** The highest level of the algorithm; LZ4 has none, so any will do. */
    public int maxLevel() {
        return maxLevel;
    }
}
