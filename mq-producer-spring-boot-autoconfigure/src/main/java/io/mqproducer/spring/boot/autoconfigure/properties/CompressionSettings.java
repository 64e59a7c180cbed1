package io.mqproducer.spring.boot.autoconfigure.properties;

import io.mqproducer.config.CompressionType;
import org.springframework.util.unit.DataSize;

/** Which bodies are compressed, and how. */
public class CompressionSettings {

    /** Whether to compress large message bodies. */
    private boolean enabled = true;

    /** Minimum size of a body that is compressed. */
    private DataSize threshold = DataSize.ofKilobytes(4);

    /** Compression algorithm. LZ4 and ZSTD need their library and consumers of version 4.9.4 or later. */
    private CompressionType type = CompressionType.ZLIB;

    /** Compression level. */
    private int level = 5;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public DataSize getThreshold() {
        return threshold;
    }

    public void setThreshold(DataSize threshold) {
        this.threshold = threshold;
    }

    public CompressionType getType() {
        return type;
    }

    public void setType(CompressionType type) {
        this.type = type;
    }

    public int getLevel() {
        return level;
    }

    public void setLevel(int level) {
        this.level = level;
    }
}
