package io.mqproducer.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompressionTypeTest {

    @Test
    void hasTheBitsThatRocketMQsConsumersRead() {
        assertThat(CompressionType.LZ4.sysFlag()).isEqualTo(0x101);
        assertThat(CompressionType.ZSTD.sysFlag()).isEqualTo(0x201);
        assertThat(CompressionType.ZLIB.sysFlag()).isEqualTo(0x301);
    }
}
