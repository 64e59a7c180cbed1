package io.mqproducer.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MessagePreparerTest extends PreparerFixture {

    @Test
    void laysOutPropertiesAndBodyInOnePiece() {
        Message message = Message.builder("T")
                .body("hello".getBytes())
                .tag("TagA")
                .flag(-5)
                .build();

        OutboundMessage outbound = preparer(Configs.standard(), zlib).prepare(message, MessageRole.NORMAL, 0, true);

        assertThat(WireProperties.of(outbound))
                .containsEntry("TAGS", "TagA")
                .containsEntry("UNIQ_KEY", outbound.msgId());
        assertThat(bodyOf(outbound)).isEqualTo("hello".getBytes());
        assertThat(outbound.topic()).isEqualTo("T");
        assertThat(outbound.flag()).isEqualTo(-5);
        assertThat(outbound.sysFlag()).isZero();
        assertThat(outbound.bornTimestamp()).isEqualTo(NOW);
        assertThat(outbound.reconsumeTimes()).isZero();
        assertThat(outbound.maxReconsumeTimes()).isEqualTo(-1);
        assertThat(outbound.wireBodySize()).isEqualTo(5);
        assertThat(outbound.content().isDirect()).isTrue();
        assertThat(outbound).hasToString("OutboundMessage[topic=T, msgId=" + outbound.msgId() + "]");
        outbound.release();
    }

    @Test
    void saysHowOftenAMessageOfAConsumerGroupWasConsumedInVain() {
        Message message =
                Message.builder("%RETRY%g").body(bytes(1)).reconsumeTimes(3).build();

        OutboundMessage outbound = preparer(Configs.standard(), null).prepare(message, MessageRole.NORMAL, 0, true);

        assertThat(outbound.reconsumeTimes()).isEqualTo(3);
        outbound.release();
    }

    @Test
    void refusesToReleaseTwice() {
        OutboundMessage outbound =
                preparer(Configs.standard(), null).prepare(Message.of("T", bytes(1)), MessageRole.NORMAL, 0, true);
        outbound.release();

        assertThatThrownBy(outbound::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(outbound.msgId());
    }

    @Test
    void f65_putsTheBytesOfTheCallOnTheWire() {
        for (int size : new int[] {10, 10_000}) {
            byte[] body = bytes(size);
            byte[] atTheCall = body.clone();

            OutboundMessage outbound =
                    preparer(Configs.standard(), zlib).prepare(Message.of("T", body), MessageRole.NORMAL, 0, true);
            Arrays.fill(body, (byte) 0xFF);

            assertThat(plainBodyOf(outbound, size)).isEqualTo(atTheCall);
            outbound.release();
        }
    }

    @Test
    void f65_leavesTheMessageAsItIs() {
        byte[] body = bytes(10_000);
        Message message = Message.builder("T")
                .body(body)
                .tag("TagA")
                .keys("k")
                .property("a", "b")
                .build();
        byte[] before = body.clone();

        preparer(Configs.inNamespace("ns"), zlib)
                .prepare(message, MessageRole.NORMAL, 0, true)
                .release();

        assertThat(message.body()).isSameAs(body).isEqualTo(before);
        assertThat(message.topic()).isEqualTo("T");
        assertThat(message.properties()).isEqualTo(Map.of("a", "b"));
        assertThat(message.keys()).containsExactly("k");
        assertThat(message.tag()).contains("TagA");
        assertThat(message.flag()).isZero();
    }

    @Test
    void f65_givesOneMessageSentByEightThreadsANewIdEachTime() throws Exception {
        MessagePreparer preparer = preparer(Configs.standard(), zlib);
        Message message = Message.of("T", bytes(5_000));
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                tasks.add(() -> idsOfAHundredSends(preparer, message));
            }

            Set<String> seen = new HashSet<>();
            for (Future<List<String>> task : executor.invokeAll(tasks)) {
                seen.addAll(task.get());
            }

            assertThat(seen).hasSize(800);
        } finally {
            executor.shutdownNow();
        }
    }

    private static List<String> idsOfAHundredSends(MessagePreparer preparer, Message message) {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            OutboundMessage outbound = preparer.prepare(message, MessageRole.NORMAL, 0, true);
            assertThat(plainBodyOf(outbound, message.body().length)).isEqualTo(message.body());
            seen.add(WireProperties.of(outbound).get("UNIQ_KEY"));
            outbound.release();
        }
        return seen;
    }

    @Test
    void copiesNeitherBodyNorPropertiesOnTheHeap() {
        ByteBufAllocator withoutLeakDetection = new UnpooledByteBufAllocator(true, true); // which would be counted
        MessagePreparer preparer = new MessagePreparer(Configs.standard(), null, ids, at -> NOW, withoutLeakDetection);
        Message message = Message.builder("T")
                .body(bytes(1024 * 1024))
                .property("p", "中".repeat(10_000))
                .build();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        preparer.prepare(message, MessageRole.NORMAL, 0, true).release(); // classes are loaded

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            preparer.prepare(message, MessageRole.NORMAL, 0, true).release();
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100 * 2_048);
    }

    @Test
    void reportsThatMemoryIsOut() {
        MessagePreparer preparer = new MessagePreparer(Configs.standard(), null, ids, at -> NOW, new Exhausted());

        assertThatThrownBy(() -> preparer.prepare(Message.of("T", bytes(1)), MessageRole.NORMAL, 0, true))
                .isInstanceOfSatisfying(
                        MessageNotStoredException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.RESOURCE))
                .hasMessageStartingWith("RESOURCE out of direct memory for a message of ")
                .hasCauseInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void givesMemoryBackWhereItRunsOutHalfway() {
        Compressor greedy = new Failing() {
            @Override
            public boolean compress(byte[] body, ByteBuf out) {
                throw new OutOfMemoryError("test");
            }
        };

        assertThatThrownBy(() -> preparer(Configs.standard(), greedy)
                        .prepare(Message.of("T", bytes(5_000)), MessageRole.NORMAL, 0, true))
                .isInstanceOfSatisfying(
                        MessageNotStoredException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.RESOURCE));
    }

    /** Has no memory left. */
    private static final class Exhausted extends AbstractByteBufAllocator {

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            throw new OutOfMemoryError("test");
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            throw new OutOfMemoryError("test");
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
