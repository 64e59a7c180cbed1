package io.mqproducer.internal.encoding;

import io.mqproducer.benchmarks.micro.SampleMessages;
import io.mqproducer.benchmarks.micro.SendPathPiece;
import io.mqproducer.message.Message;
import org.openjdk.jmh.annotations.Benchmark;

/** All that is done to a message at the call: checks, id, memory from the pool, properties, a copy of the body. */
public class MessagePreparerBenchmark extends SendPathPiece {

    private final MessagePreparer preparer = SampleMessages.preparer();
    private final Message plain = SampleMessages.plain();
    private final Message tagged = SampleMessages.tagged();

    @Benchmark
    public long plain() {
        return preparedAndReleased(plain);
    }

    @Benchmark
    public long tagged() {
        return preparedAndReleased(tagged);
    }

    private long preparedAndReleased(Message message) {
        OutboundMessage prepared = preparer.prepare(message, MessageRole.NORMAL, 0, true);
        prepared.release();
        return prepared.id();
    }
}
