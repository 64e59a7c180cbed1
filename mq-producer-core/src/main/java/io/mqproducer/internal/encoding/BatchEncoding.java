package io.mqproducer.internal.encoding;

import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.compression.Incompressible;
import io.mqproducer.internal.protocol.BatchRecord;
import io.mqproducer.message.Message;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of one batch: its messages as {@link BatchRecord}s in one piece of memory. Whether bodies are compressed is
 * said of the whole request, and no broker looks into them, so either all are or none is, whichever makes the batch smaller.
 * For one thread, once.
 */
final class BatchEncoding {

    private final MessagePreparer preparer;
    private final List<Message> messages;
    private final long bornTimestamp;
    private final long[] ids;

    BatchEncoding(MessagePreparer preparer, List<Message> messages, long bornTimestamp) {
        this.preparer = preparer;
        this.messages = messages;
        this.bornTimestamp = bornTimestamp;
        this.ids = new long[messages.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = preparer.ids().next(bornTimestamp);
        }
    }

    OutboundBatch encode() {
        int capacity = BatchRecord.OVERHEAD; // more than the request's own properties
        for (Message message : messages) {
            capacity = (int) Math.min(Integer.MAX_VALUE, capacity + preparer.batchRecordSize(message));
        }
        ByteBuf content;
        try {
            content = preparer.allocator().directBuffer(capacity);
        } catch (OutOfMemoryError e) {
            throw MessagePreparer.outOfMemory(capacity, e);
        }
        boolean written = false;
        try {
            OutboundMessage request =
                    OutboundMessage.ofBatch(messages.get(0).topic(), bornTimestamp, preparer.ids(), content);
            MessagePropertiesCodec.writeOfBatch(messages.get(0).waitForStore(), content);
            int propertiesLength = content.writerIndex() - request.contentIndex();
            int sysFlag = writeRecords(content);
            request.describeContent(
                    propertiesLength, content.writerIndex() - request.contentIndex() - propertiesLength, sysFlag);
            content.capacity(content.writerIndex());
            written = true;
            return new OutboundBatch(request, ids);
        } finally {
            if (!written) {
                content.release();
            }
        }
    }

    /** Returns what the system flag says of the bodies. */
    private int writeRecords(ByteBuf content) {
        int start = content.writerIndex();
        Compressor compressor = compressorOfSome();
        if (compressor != null && isSmaller(content, compressor)) {
            return compressor.type().sysFlag();
        }
        content.writerIndex(start);
        for (int i = 0; i < ids.length; i++) {
            Message message = messages.get(i);
            int record = beginRecord(content);
            content.writeBytes(message.body());
            endRecord(content, record, message, ids[i]);
        }
        return 0;
    }

    private boolean isSmaller(ByteBuf content, Compressor compressor) {
        long saved = 0;
        for (int i = 0; i < ids.length; i++) {
            Message message = messages.get(i);
            byte[] body = message.body();
            int record = beginRecord(content);
            int bodyStart = content.writerIndex();
            if (!preparer.isCompressed(
                    compressor, content, () -> compressor.compress(body, Compressor.largest(body.length), content))) {
                return false;
            }
            saved += body.length - (content.writerIndex() - bodyStart);
            endRecord(content, record, message, ids[i]);
        }
        return saved > 0;
    }

    private static int beginRecord(ByteBuf content) {
        int record = content.writerIndex();
        content.ensureWritable(BatchRecord.HEAD);
        content.writerIndex(record + BatchRecord.HEAD);
        return record;
    }

    private void endRecord(ByteBuf content, int record, Message message, long id) {
        int bodySize = content.writerIndex() - record - BatchRecord.HEAD;
        int lengthField = content.writerIndex();
        content.writeShort(0);
        int propertiesLength = preparer.writeProperties(message, MessageRole.NORMAL, id, content);
        content.setShort(lengthField, propertiesLength);
        int end = content.writerIndex();
        content.writerIndex(record);
        BatchRecord.writeHead(content, message.flag(), propertiesLength, bodySize);
        content.writerIndex(end);
    }

    /** What to compress with if a body is large enough and looks as if it were worth it. */
    private @Nullable Compressor compressorOfSome() {
        for (Message message : messages) {
            Compressor compressor = preparer.compressorOf(message.body().length);
            if (compressor != null && !Incompressible.looksSo(message.body())) {
                return compressor;
            }
        }
        return null;
    }
}
