package io.mqproducer.internal.encoding;

import io.mqproducer.benchmarks.micro.SampleMessages;
import io.mqproducer.benchmarks.micro.SendPathPiece;
import io.mqproducer.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.openjdk.jmh.annotations.Benchmark;

/** Writing the properties of a message. */
public class MessagePropertiesCodecBenchmark extends SendPathPiece {

    private final MessagePropertiesCodec codec = new MessagePropertiesCodec(SampleMessages.ids(), null);
    private final Message plain = SampleMessages.plain();
    private final Message tagged = SampleMessages.tagged();
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1024);
    private long id;

    @Benchmark
    public ByteBuf plain() {
        return written(plain);
    }

    @Benchmark
    public ByteBuf tagged() {
        return written(tagged);
    }

    private ByteBuf written(Message message) {
        out.clear();
        codec.write(message, id++, out);
        return out;
    }
}
