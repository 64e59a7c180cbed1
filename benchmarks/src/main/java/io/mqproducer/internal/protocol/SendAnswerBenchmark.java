package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mqproducer.benchmarks.micro.SendPathPiece;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.openjdk.jmh.annotations.Benchmark;

/** Reading the answer to a send. */
public class SendAnswerBenchmark extends SendPathPiece {

    /** As a broker of 5.5.0 wrote it, byte for byte. */
    private static final String HEADER = "{\"code\":0,\"extFields\":{\"queueId\":\"3\","
            + "\"transactionId\":\"7F0000010A2B18B4AAC27D5F2C3E0002\",\"msgId\":\"7F000001000052BC00000000000001A8\","
            + "\"TRACE_ON\":\"true\",\"MSG_REGION\":\"DefaultRegion\",\"queueOffset\":\"2\"},\"flag\":1,"
            + "\"language\":\"JAVA\",\"opaque\":7,\"serializeTypeCurrentRPC\":\"JSON\",\"version\":513}";

    private final FrameCodec codec = new FrameCodec();
    private final ByteBuf frame = PooledByteBufAllocator.DEFAULT
            .directBuffer()
            .writeInt(HEADER.length())
            .writeBytes(HEADER.getBytes(US_ASCII));

    private final SendAnswerScanner scanner = new SendAnswerScanner();

    @Benchmark
    public SendMessageResponse scanned() {
        SendMessageResponse read = scanner.scan(frame, 0, frame.writerIndex());
        if (read == null) {
            throw new IllegalStateException("not understood");
        }
        return read;
    }

    @Benchmark
    public SendMessageResponse json() {
        frame.readerIndex(0);
        return SendMessageResponse.from(codec.readFrame(frame));
    }
}
