package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.SendMessageResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that may be written together with others like it, as one request with one answer, from which each takes its
 * own. All methods are called on the connection's event loop.
 */
public abstract class BatchableExchange extends Exchange {

    /** What those have in common that may be written together, by {@code equals}; null if this one is written alone. */
    protected abstract @Nullable Object batchKey();

    /** Bytes that it takes within a request that carries several. */
    protected abstract int batchSize();

    /** It is about to be written together with others, as the one of this place, 0 for the first. */
    protected abstract void joinBatch(BatchableExchange first, int place);

    /**
     * Writes the frame that carries all of them. What it throws fails them, unwritten.
     *
     * @param members two or more, this one the first
     */
    protected abstract void writeBatch(OutboundFrames out, int opaque, List<BatchableExchange> members);

    /**
     * The answer has come: all that was written together is stored.
     *
     * @param code which says how durably
     * @return whether {@link #deliver} is to be called once all that came with the answer has been read
     */
    protected abstract boolean storedAs(int code, SendMessageResponse response, long now);
}
