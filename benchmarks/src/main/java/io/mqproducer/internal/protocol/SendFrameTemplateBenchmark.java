package io.mqproducer.internal.protocol;

import io.mqproducer.benchmarks.micro.SampleMessages;
import io.mqproducer.benchmarks.micro.SendPathPiece;
import io.mqproducer.internal.encoding.MessageRole;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;

/** Encoding the header of a send. */
public class SendFrameTemplateBenchmark extends SendPathPiece {

    private final SendFrameTemplate template =
            SendFrameTemplate.of(new SendHeader("benchmark", "orders", "TBW102", 4, 3, "broker-a", false, Map.of()));
    private final WireMessage plain =
            SampleMessages.preparer().prepare(SampleMessages.plain(), MessageRole.NORMAL, 0, true);
    private final WireMessage tagged =
            SampleMessages.preparer().prepare(SampleMessages.tagged(), MessageRole.NORMAL, 0, true);
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(64 * 1024);
    private int opaque;

    @Benchmark
    public ByteBuf plain() {
        return written(plain);
    }

    @Benchmark
    public ByteBuf tagged() {
        return written(tagged);
    }

    private ByteBuf written(WireMessage message) {
        out.clear();
        template.writeHead(out, opaque++, false, message);
        return out;
    }
}
