package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How much memory reading and writing take: what this thread allocated, which the collector cannot hide. */
class AllocationTest {

    private static final int MIB = 1024 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void s02_readingARouteOfNothingButKeysTakesLittle() {
        byte[] body = keys(FrameLimits.MAX_ROUTE_BODY);

        long allocated = allocatedBy(
                () -> assertThatThrownBy(() -> TopicRouteData.parse(body)).isInstanceOf(ProtocolException.class));

        assertThat(allocated).isLessThan(32L * MIB);
    }

    @Test
    void s02_readingAHeaderOfNothingButKeysTakesLittle() {
        byte[] frame = Frames.frame(0, keys(FrameLimits.MAX_HEADER), new byte[0]);

        long allocated = allocatedBy(
                () -> assertThatThrownBy(() -> Frames.readFrame(frame)).isInstanceOf(ProtocolException.class));

        assertThat(allocated).isLessThan(2L * MIB);
    }

    @Test
    void s01_aLengthTakesNoMemoryForWhatIsNotThere() {
        byte[] frame = Frames.frame(1, new byte[21], new byte[0]);
        frame[17] = 0x7F; // the remark's length
        Frames.readFrame(Frames.frame(1, new byte[21], new byte[0]));

        long allocated = allocatedBy(
                () -> assertThatThrownBy(() -> Frames.readFrame(frame)).isInstanceOf(ProtocolException.class));

        assertThat(allocated).isLessThan(MIB);
    }

    @Test
    void writingASendTakesNothing() {
        SendFrameTemplate template =
                SendFrameTemplate.of(new SendHeader("PG", "T", "TBW102", 4, 1, "broker-a", false, Map.of()));
        ByteBufAllocator withoutLeakDetection = new UnpooledByteBufAllocator(true, true); // which would be counted
        ByteBuf content = withoutLeakDetection.directBuffer().writeZero(1024);
        ByteBuf out = withoutLeakDetection.directBuffer(4096);
        Sent message = new Sent(content);

        long allocated = allocatedBy(() -> {
            for (int i = 0; i < 10_000; i++) {
                out.clear();
                template.write(out, i, false, message);
            }
        });

        assertThat(allocated).isLessThan(10_000);
        content.release();
        out.release();
    }

    private long allocatedBy(Runnable task) {
        task.run(); // classes are loaded
        long before = threads.getCurrentThreadAllocatedBytes();
        task.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** An object of that many bytes with as many different keys as fit. */
    private static byte[] keys(int length) {
        StringBuilder json = new StringBuilder(length + 16).append('{');
        for (int i = 0; json.length() < length - 16; i++) {
            json.append('"').append(Integer.toString(i, 36)).append("\":1,");
        }
        return json.append("\"z\":{}}").toString().getBytes(UTF_8);
    }

    private record Sent(ByteBuf content) implements WireMessage {

        @Override
        public int sysFlag() {
            return 0;
        }

        @Override
        public int flag() {
            return 0;
        }

        @Override
        public long bornTimestamp() {
            return 1_700_000_000_000L;
        }

        @Override
        public int reconsumeTimes() {
            return 0;
        }

        @Override
        public int maxReconsumeTimes() {
            return -1;
        }

        @Override
        public int contentIndex() {
            return 0;
        }

        @Override
        public int propertiesLength() {
            return 100;
        }

        @Override
        public int wireBodySize() {
            return content.readableBytes() - propertiesLength();
        }
    }
}
