package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.CompressionType;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void isReadAsWhatTheArrayHeldAtTheCall(CompressionType type) {
        String topic = "compressed-later-" + type;
        int messages = 100;
        byte[] body = new byte[10_000];
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.compressionType(type))) {
            List<CompletableFuture<SendResult>> sends = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                Arrays.fill(body, (byte) i);
                sends.add(put.producer().sendAsync(Message.of(topic, body)));
            }
            sends.forEach(CompletableFuture::join);
        }

        List<StoredMessage> stored = rocketMQ.cluster().messages(topic);
        assertThat(stored).allMatch(message -> (message.sysFlag() & TYPE) != 0).allSatisfy(message -> {
            byte[] held = new byte[10_000];
            Arrays.fill(held, message.body()[0]);
            assertThat(message.body()).isEqualTo(held);
        });
        assertThat(stored)
                .extracting(message -> (int) message.body()[0])
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, messages).boxed().toList());
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
