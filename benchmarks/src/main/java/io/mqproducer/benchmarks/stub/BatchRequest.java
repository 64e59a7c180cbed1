package io.mqproducer.benchmarks.stub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** What the answer to a request that carries several messages depends on, found without taking them apart. */
final class BatchRequest {

    private static final int LEAST_RECORD = 5 * Integer.BYTES + Short.BYTES;

    private static final ByteBuf ID =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("UNIQ_KEY", StandardCharsets.US_ASCII));

    private BatchRequest() {}

    /**
     * How many records lie there, one behind the other.
     *
     * @throws IllegalStateException if it is not exactly some records
     */
    static int records(ByteBuf in, int start, int end) {
        int records = 0;
        int at = start;
        while (at < end) {
            int size = end - at < LEAST_RECORD ? 0 : in.getInt(at);
            if (size < LEAST_RECORD || size > end - at) {
                throw new IllegalStateException("no record of a batch at " + (at - start) + " of " + (end - start));
            }
            at += size;
            records++;
        }
        return records;
    }

    /** Whether the request bears an id besides those of its messages. */
    static boolean hasId(ByteBuf in, int header, int headerEnd) {
        return ByteBufUtil.indexOf(ID, in.slice(header, headerEnd - header)) >= 0;
    }
}
