package io.mqproducer.internal.encoding;

import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.WireMessage;
import io.mqproducer.message.Message;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A message as it goes on the wire, whatever the broker and however often it is tried.
 *
 * <p>It owns pooled memory outside the heap and has itself one owner: whoever got it from {@link MessagePreparer}, until
 * he hands it on. The owner calls {@link #release} once, when no attempt can write it any more; nobody may use
 * {@link #content} after that. What names the message is constant and may be read by any thread that was handed it safely;
 * the rest is for the owner, who may have it {@linkplain MessagePreparer#compress compressed} before the first attempt.
 */
public final class OutboundMessage implements WireMessage {

    private static final int NOT_LIMITED_HERE = -1;

    private final String topic;
    private final int flag;
    private final int reconsumeTimes;
    private final int requestCode;
    private final long bornTimestamp;
    private final MessageIdGenerator ids;
    private final long id;
    private ByteBuf content;
    private int contentIndex;
    private @Nullable Slab slab; // that the content is a piece of; null if it is a buffer of its own
    private int propertiesLength;
    private int wireBodySize;
    private int sysFlag;
    private boolean released;

    OutboundMessage(
            Message message,
            MessageRole role,
            long bornTimestamp,
            MessageIdGenerator ids,
            ByteBuf content,
            @Nullable Slab slab) {
        this(
                message.topic(),
                message.flag(),
                message.reconsumeTimes().orElse(0),
                role.requestCode(),
                bornTimestamp,
                ids,
                content,
                slab);
    }

    private OutboundMessage(
            String topic,
            int flag,
            int reconsumeTimes,
            int requestCode,
            long bornTimestamp,
            MessageIdGenerator ids,
            ByteBuf content,
            @Nullable Slab slab) {
        this.topic = topic;
        this.flag = flag;
        this.reconsumeTimes = reconsumeTimes;
        this.requestCode = requestCode;
        this.bornTimestamp = bornTimestamp;
        this.ids = ids;
        this.id = ids.next(bornTimestamp);
        this.content = content;
        this.contentIndex = content.writerIndex();
        this.slab = slab;
    }

    /** A request that carries several messages of the topic; its id is nobody's but its own. */
    static OutboundMessage ofBatch(String topic, long bornTimestamp, MessageIdGenerator ids, ByteBuf content) {
        return new OutboundMessage(
                topic, 0, 0, RequestCode.SEND_BATCH_MESSAGE.code(), bornTimestamp, ids, content, null);
    }

    /** Says what the content is, once it is written; called before anyone else sees the message. */
    void describeContent(int propertiesLength, int wireBodySize, int sysFlag) {
        this.propertiesLength = propertiesLength;
        this.wireBodySize = wireBodySize;
        this.sysFlag = sysFlag;
    }

    /**
     * Takes the same message with its body compressed instead of the content that it has.
     *
     * @param smaller nothing but properties and body; belongs to the message from now on
     */
    void becomeCompressed(ByteBuf smaller, int compressionFlag) {
        releaseContent();
        content = smaller;
        contentIndex = smaller.readerIndex();
        slab = null;
        wireBodySize = smaller.readableBytes() - propertiesLength;
        sysFlag |= compressionFlag;
    }

    /** The topic as the caller named it, without namespace. */
    public String topic() {
        return topic;
    }

    /** The id as a number, without the part that all ids of the producer have in common. */
    public long id() {
        return id;
    }

    /** What makes the text of {@link #id}. */
    public MessageIdGenerator ids() {
        return ids;
    }

    /** The id as it is stored with the message; a new string each time. */
    public String msgId() {
        return ids.toString(id);
    }

    @Override
    public int requestCode() {
        return requestCode;
    }

    @Override
    public int sysFlag() {
        return sysFlag;
    }

    @Override
    public int flag() {
        return flag;
    }

    @Override
    public long bornTimestamp() {
        return bornTimestamp;
    }

    @Override
    public int reconsumeTimes() {
        return reconsumeTimes;
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
        return contentIndex;
    }

    @Override
    public int propertiesLength() {
        return propertiesLength;
    }

    @Override
    public int wireBodySize() {
        return wireBodySize;
    }

    /**
     * Gives the memory back.
     *
     * @throws IllegalStateException if that was done before: the memory may be another message's by now
     */
    public void release() {
        if (released) {
            throw new IllegalStateException("message " + msgId() + " is released already");
        }
        released = true;
        releaseContent();
    }

    private void releaseContent() {
        if (slab == null) {
            content.release();
        } else {
            slab.release();
        }
    }

    /** Topic and id; never the body. */
    @Override
    public String toString() {
        return "OutboundMessage[topic=" + topic + ", msgId=" + msgId() + "]";
    }
}
