package io.mqproducer.benchmarks.micro;

import io.mqproducer.benchmarks.plan.Body;
import io.mqproducer.config.BackPressureMode;
import io.mqproducer.config.CompressionType;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.encoding.MessageIdGenerator;
import io.mqproducer.internal.encoding.MessagePreparer;
import io.mqproducer.message.Message;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The messages that the pieces are measured with, and what makes them ready for the wire. */
public final class SampleMessages {

    private static final Body BODY = Body.random(1024);

    private SampleMessages() {}

    /** 1 KiB, and nothing that the caller did not have to say. */
    public static Message plain() {
        return Message.of("orders", BODY.variants()[0]);
    }

    /** The same with a tag and two keys. */
    public static Message tagged() {
        return plain().toBuilder()
                .tag("created")
                .keys("order-4711", "customer-42")
                .build();
    }

    /** A preparer with a producer's defaults, but for compression, which is a piece of its own. */
    public static MessagePreparer preparer() {
        return new MessagePreparer(
                config(), null, ids(), at -> System.currentTimeMillis(), PooledByteBufAllocator.DEFAULT);
    }

    /** What gives messages their ids, the same ones in each run but for the time. */
    public static MessageIdGenerator ids() {
        return new MessageIdGenerator(ZoneOffset.UTC, new Random(1));
    }

    private static ProducerConfig config() {
        Duration second = Duration.ofSeconds(1);
        return new ProducerConfig(
                new ProducerConfig.Identity("benchmark", "benchmark", null, null, null, null, null, false),
                List.of("localhost:9876"),
                new ProducerConfig.Topics(List.of(), true, 4),
                new ProducerConfig.Send(second, 4 * 1024 * 1024, true),
                new ProducerConfig.Retry(2, null, false, true, Set.of(), second, second),
                new ProducerConfig.Compression(false, 4096, CompressionType.ZLIB, 5),
                new ProducerConfig.FaultTolerance(false, List.of(), List.of(), ProducerConfig.Detector.OFF),
                new ProducerConfig.Connection(second, second, second, second, 1, false),
                ProducerConfig.Network.DIRECT,
                ProducerConfig.Trace.OFF,
                new ProducerConfig.BackPressure(true, 1024, 100L << 20, BackPressureMode.BLOCK),
                new ProducerConfig.Batch(false, second, 32 * 1024, 32 * 1024 * 1024),
                new ProducerConfig.Callback(1, 1),
                new ProducerConfig.Transaction(1, 1),
                new ProducerConfig.LifeCycle(false, second));
    }
}
