package io.mqproducer.internal.encoding;

import io.mqproducer.internal.protocol.BatchRecord;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.WireMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * Messages of which each could go out by itself, as the one request that carries them all; made for one writing, and
 * released after it. Their born time is the first one's.
 */
public final class CombinedMessages implements WireMessage {

    private static final int NOT_LIMITED_HERE = -1;

    private final OutboundMessage first;
    private final ByteBuf content;
    private final int propertiesLength;

    /**
     * Copies the messages.
     *
     * @param messages of one topic, alike in their system flag and in whether they wait for the store
     */
    public static CombinedMessages of(
            List<OutboundMessage> messages, boolean waitForStore, ByteBufAllocator allocator) {
        return new CombinedMessages(messages, waitForStore, allocator);
    }

    private CombinedMessages(List<OutboundMessage> messages, boolean waitForStore, ByteBufAllocator allocator) {
        this.first = messages.get(0);
        int size = BatchRecord.OVERHEAD; // more than the request's own properties
        for (OutboundMessage message : messages) {
            size += recordSize(message);
        }
        this.content = allocator.directBuffer(size);
        MessagePropertiesCodec.writeOfBatch(waitForStore, content);
        this.propertiesLength = content.writerIndex();
        messages.forEach(this::write);
    }

    /** Bytes that a message takes among others. */
    public static int recordSize(OutboundMessage message) {
        return BatchRecord.size(message.propertiesLength(), message.wireBodySize());
    }

    private void write(OutboundMessage message) {
        int properties = message.propertiesLength();
        int bodySize = message.wireBodySize();
        BatchRecord.writeHead(content, message.flag(), properties, bodySize);
        content.writeBytes(message.content(), message.contentIndex() + properties, bodySize);
        content.writeShort(properties);
        content.writeBytes(message.content(), message.contentIndex(), properties);
    }

    /** Gives the memory back. */
    public void release() {
        content.release();
    }

    @Override
    public int requestCode() {
        return RequestCode.SEND_BATCH_MESSAGE.code();
    }

    @Override
    public int sysFlag() {
        return first.sysFlag();
    }

    @Override
    public int flag() {
        return 0;
    }

    @Override
    public long bornTimestamp() {
        return first.bornTimestamp();
    }

    @Override
    public int reconsumeTimes() {
        return 0;
    }

    @Override
    public int maxReconsumeTimes() {
        return NOT_LIMITED_HERE;
    }

    @Override
    public ByteBuf content() {
        return content;
    }

    @Override
    public int contentIndex() {
        return 0;
    }

    @Override
    public int propertiesLength() {
        return propertiesLength;
    }

    @Override
    public int wireBodySize() {
        return content.writerIndex() - propertiesLength;
    }
}
