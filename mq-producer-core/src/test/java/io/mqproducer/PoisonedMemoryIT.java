package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.ScriptedPeer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S32: memory is full of what was there before, and none of that leaves. */
class PoisonedMemoryIT {

    private static final byte POISON = (byte) 0xA5;

    /** So many in a row are no chance of a compressed body. */
    private static final int IN_A_ROW = 4;

    private static final int MESSAGES = 200;

    private final FakeCluster cluster = FakeCluster.start(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "100, false", "5000, false", "100, true", "5000, true"})
    void s32_whatWasInABufferBeforeIsNotSent(int size, boolean batches) throws Exception {
        try (MQProducer producer = MQProducer.builder("PG")
                .nameServers(cluster.nameServers())
                .batchEnabled(batches)
                .allocator(new Poisoning())
                .build()) {
            List<CompletableFuture<SendResult>> sent = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                sent.add(producer.sendAsync(message(i, size)));
            }
            assertThat(sent).allSatisfy(send -> assertThat(send).succeedsWithin(Duration.ofSeconds(10)));
            producer.send(message(MESSAGES, size));
            producer.sendBatch(
                    IntStream.range(0, 10).mapToObj(i -> message(i, size)).toList());
            producer.sendOneway(message(MESSAGES, size));
            cluster.awaitMessages("T", MESSAGES + 12, Duration.ofSeconds(10));
        }

        assertHarmless(cluster.broker(0));
        assertHarmless(cluster.nameServer());
    }

    private static Message message(int number, int size) {
        return Message.builder("T")
                .tag("tag")
                .keys("key-" + number)
                .property("property", "x".repeat(number % 50 + 1))
                .body(("body " + number + " " + "y".repeat(size)).getBytes(UTF_8))
                .build();
    }

    private static void assertHarmless(ScriptedPeer peer) {
        byte[] received = peer.receivedBytes();
        assertThat(received).isNotEmpty();
        int row = 0;
        int longest = 0;
        for (byte one : received) {
            row = one == POISON ? row + 1 : 0;
            longest = Math.max(longest, row);
        }
        assertThat(longest).as("stale bytes in a row").isLessThan(IN_A_ROW);
    }

    /** Each new buffer is full of what was there before. */
    private static final class Poisoning extends PooledByteBufAllocator {

        Poisoning() {
            super(true);
        }

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return poisoned(super.newHeapBuffer(initialCapacity, maxCapacity));
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            return poisoned(super.newDirectBuffer(initialCapacity, maxCapacity));
        }

        private static ByteBuf poisoned(ByteBuf buffer) {
            for (int i = 0; i < buffer.capacity(); i++) {
                buffer.setByte(i, POISON);
            }
            return buffer;
        }
    }
}
