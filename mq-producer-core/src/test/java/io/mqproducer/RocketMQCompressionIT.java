package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.CompressionType;
import io.mqproducer.message.Message;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that this producer compresses and RocketMQ's own client reads. */
@Tag("rocketmq")
class RocketMQCompressionIT {

    /** Where RocketMQ's number of the algorithm stands; its client clears the other bit that tells of compression. */
    private static final int TYPE = 0x700;

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @ParameterizedTest
    @CsvSource({"LZ4, 1", "ZSTD, 2", "ZLIB, 3"})
    void isReadAsThePlainBytes(CompressionType type, int number) {
        byte[] body = "ten bytes ".repeat(10_000).getBytes(UTF_8);

        StoredMessage stored = store("compressed-" + type, type, body);

        assertThat((stored.sysFlag() & TYPE) >> 8).isEqualTo(number);
        assertThat(stored.body()).isEqualTo(body);
    }

    @Test
    void leavesABodyAsItIsThatWouldNotBecomeSmaller() {
        byte[] body = new byte[100_000];
        new Random(3).nextBytes(body);

        StoredMessage stored = store("incompressible", CompressionType.ZLIB, body);

        assertThat(stored.sysFlag() & TYPE).isZero();
        assertThat(stored.body()).isEqualTo(body);
    }

    @Test
    void leavesASmallBodyAsItIs() {
        byte[] body = "ten bytes ".repeat(400).getBytes(UTF_8);

        StoredMessage stored = store("small", CompressionType.ZLIB, body);

        assertThat(stored.sysFlag() & TYPE).isZero();
        assertThat(stored.body()).isEqualTo(body);
    }

    private static StoredMessage store(String topic, CompressionType type, byte[] body) {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.compressionType(type))) {
            put.producer().send(Message.of(topic, body));
        }
        assertThat(rocketMQ.cluster().messages(topic)).hasSize(1);
        return rocketMQ.cluster().messages(topic).get(0);
    }
}
