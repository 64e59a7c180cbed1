package io.mqproducer.internal.encoding;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.compression.Incompressible;
import io.mqproducer.internal.compression.SlowCompressor;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.protocol.BatchRecord;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a message into what goes on the wire: checks what depends on the configuration, gives it an id, and lays out
 * its properties and its body, compressed if that helps, in one piece of memory outside the heap.
 *
 * <p>Thread-safe; blocks on nothing. The message is not changed, and its body not looked at once this has returned.
 */
public final class MessagePreparer implements AutoCloseable {

    /** What a broker can store, less what it adds itself. In bytes. */
    private static final int MAX_PROPERTIES = 32_767 - 300;

    private static final int MAX_TOPIC_LENGTH = 127;

    /** A body larger than this many times the limit is not worth the attempt to compress it. */
    private static final long MAX_RATIO = 16;

    private static final Logger LOG = LoggerFactory.getLogger(MessagePreparer.class);

    private final int maxBodySize;
    private final int threshold;
    private final Namespace namespace;
    private final MessagePropertiesCodec properties;
    private final @Nullable Compressor compressor;
    private final MessageIdGenerator ids;
    private final LongUnaryOperator clock;
    private final MessageMemory memory;
    private final AtomicBoolean compressorFailed = new AtomicBoolean();

    /**
     * @param compressor null if nothing is to be compressed; stays its giver's to close
     * @param clock milliseconds since the epoch, of a moment by {@link System#nanoTime}
     */
    public MessagePreparer(
            ProducerConfig config,
            @Nullable Compressor compressor,
            MessageIdGenerator ids,
            LongUnaryOperator clock,
            ByteBufAllocator allocator) {
        this.maxBodySize = config.send().maxMessageSize();
        this.threshold = config.compression().threshold();
        this.namespace = Namespace.of(config.identity());
        this.properties = new MessagePropertiesCodec(ids, namespace.v1());
        this.compressor = compressor;
        this.ids = ids;
        this.clock = clock;
        this.memory = new MessageMemory(allocator);
    }

    /** What it takes to compress a body. */
    public enum Compression {
        /** There is no point in it. */
        NONE,
        /** Little more than copying it. */
        QUICK,
        /** So long that another thread should do it for a caller who does not wait. */
        SLOW
    }

    /**
     * What it takes to compress the body, by a look at it. A body that is too large to go out as it is counts as quick: to have
     * it compressed later it would have to be kept in memory that nobody has counted, only to be refused perhaps.
     */
    public Compression compressionOf(Message message) {
        byte[] body = message.body();
        if (compressor == null || body.length < threshold || Incompressible.looksSo(body)) {
            return Compression.NONE;
        }
        return compressor instanceof SlowCompressor && body.length <= maxBodySize
                ? Compression.SLOW
                : Compression.QUICK;
    }

    /**
     * The message with a new id. It is the caller's to release.
     *
     * @param role what it is besides what its caller says
     * @param born when its caller asked for it to be sent, by {@link System#nanoTime}
     * @param compressed whether its body is to be compressed if that makes it smaller; it can also be {@linkplain #compress
     *     later}
     * @throws MessageNotStoredException if it breaks a rule, or there is no memory for it
     */
    public OutboundMessage prepare(Message message, MessageRole role, long born, boolean compressed) {
        if (role != MessageRole.NORMAL) {
            checkRole(message, role);
        }
        Compressor applicable = compressed && message.body().length >= threshold ? compressor : null;
        checkTopic(message);
        checkBody(message, applicable != null);
        int capacity = (int) Math.min(
                Integer.MAX_VALUE,
                (long) properties.capacity(checkedCharacters(message))
                        + role.properties().length
                        + message.body().length);
        long bornTimestamp = clock.applyAsLong(born);
        try {
            return applicable == null && capacity <= Slab.MAX_MESSAGE
                    ? intoSlab(message, role, bornTimestamp, capacity)
                    : intoOwnBuffer(message, role, bornTimestamp, capacity, applicable);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(capacity, e);
        }
    }

    private OutboundMessage intoSlab(Message message, MessageRole role, long bornTimestamp, int capacity) {
        Slab slab = memory.take(capacity);
        ByteBuf content = slab.bytes();
        int start = content.writerIndex();
        boolean written = false;
        try {
            OutboundMessage outbound = new OutboundMessage(message, role, bornTimestamp, ids, content, slab);
            fill(outbound, message, role, null);
            slab.messageWritten();
            written = true;
            return outbound;
        } finally {
            if (!written) {
                content.writerIndex(start);
            }
            memory.putBack(slab);
        }
    }

    private OutboundMessage intoOwnBuffer(
            Message message, MessageRole role, long bornTimestamp, int capacity, @Nullable Compressor applicable) {
        ByteBuf content = memory.allocator().directBuffer(capacity);
        boolean written = false;
        try {
            OutboundMessage outbound = new OutboundMessage(message, role, bornTimestamp, ids, content, null);
            fill(outbound, message, role, applicable);
            written = true;
            return outbound;
        } finally {
            if (!written) {
                content.release();
            }
        }
    }

    private void fill(OutboundMessage outbound, Message message, MessageRole role, @Nullable Compressor applicable) {
        ByteBuf content = outbound.content();
        int propertiesLength = writeProperties(message, role, outbound.id(), content);
        int sysFlag = role.sysFlag();
        if (applicable != null
                && isCompressed(applicable, content, () -> applicable.compress(message.body(), content))) {
            sysFlag |= applicable.type().sysFlag();
            content.capacity(content.readableBytes()); // it was large enough for the whole body
        } else {
            content.writeBytes(message.body());
        }
        int bodySize = content.writerIndex() - outbound.contentIndex() - propertiesLength;
        if (bodySize > maxBodySize) {
            throw invalid(message, "body " + bodySize + " bytes, limit " + maxBodySize);
        }
        outbound.describeContent(propertiesLength, bodySize, sysFlag);
    }

    /**
     * Compresses a message that was prepared uncompressed, if that makes its body smaller. For its owner, before the first
     * attempt.
     */
    public void compress(OutboundMessage outbound) {
        if (!(compressor instanceof SlowCompressor slow)) {
            return;
        }
        int propertiesLength = outbound.propertiesLength();
        int size = outbound.wireBodySize();
        ByteBuf content;
        try {
            content = memory.allocator().directBuffer(propertiesLength + size);
        } catch (OutOfMemoryError e) {
            return; // there is none to make it smaller, and it can go out as it is
        }
        boolean smaller = false;
        try {
            content.writeBytes(outbound.content(), outbound.contentIndex(), propertiesLength);
            ByteBuffer body = outbound.content().nioBuffer(outbound.contentIndex() + propertiesLength, size);
            smaller = isCompressed(slow, content, () -> slow.compress(body, content));
            if (smaller) {
                content.capacity(content.readableBytes()); // it was large enough for the whole body
                outbound.becomeCompressed(content, slow.type().sysFlag());
            }
        } finally {
            if (!smaller) {
                content.release();
            }
        }
    }

    /** Whether the body was appended in compressed form; if not, the content holds what it held. */
    boolean isCompressed(Compressor applicable, ByteBuf content, BooleanSupplier compression) {
        int start = content.writerIndex();
        try {
            return compression.getAsBoolean();
        } catch (RuntimeException | LinkageError e) {
            content.writerIndex(start);
            if (compressorFailed.compareAndSet(false, true)) {
                LOG.warn("Cannot compress with {}; bodies go out as they are where it fails", applicable.type(), e);
            }
            return false;
        }
    }

    /**
     * Several messages, each with a new id, as the body of one request. It is the caller's to release.
     *
     * @param messages of one topic, alike in whether they wait for the store; at most {@link BatchRecord#MAX_RECORDS}
     * @param born when their caller asked for them to be sent, by {@link System#nanoTime}
     * @throws MessageNotStoredException if one breaks a rule, or there is no memory for them
     */
    public OutboundBatch prepareBatch(List<Message> messages, long born) {
        return new BatchEncoding(this, messages, clock.applyAsLong(born)).encode();
    }

    /**
     * The most bytes that the message can take as part of a batch, uncompressed.
     *
     * @throws MessageNotStoredException if it breaks a rule
     */
    public long batchRecordSize(Message message) {
        checkTopic(message);
        checkBody(message, compressor != null && message.body().length >= threshold);
        return (long) BatchRecord.OVERHEAD + properties.capacity(checkedCharacters(message)) + message.body().length;
    }

    /** Appends the properties of a message of this id; returns how many bytes they take. */
    int writeProperties(Message message, MessageRole role, long id, ByteBuf content) {
        int start = content.writerIndex();
        properties.write(message, id, content);
        if (role != MessageRole.NORMAL) {
            content.writeBytes(role.properties());
        }
        int length = content.writerIndex() - start;
        if (length > MAX_PROPERTIES) {
            throw invalid(message, "properties " + length + " bytes, limit " + MAX_PROPERTIES);
        }
        return length;
    }

    private static void checkRole(Message message, MessageRole role) {
        String objection = role.objection(message);
        if (objection != null) {
            throw invalid(message, objection);
        }
    }

    private void checkTopic(Message message) {
        int length = namespace.wrappedLength(message.topic());
        if (length > MAX_TOPIC_LENGTH) {
            throw invalid(message, "topic with namespace " + length + " characters, limit " + MAX_TOPIC_LENGTH);
        }
    }

    private void checkBody(Message message, boolean mayShrink) {
        int size = message.body().length;
        if (!mayShrink && size > maxBodySize) {
            throw invalid(message, "body " + size + " bytes, limit " + maxBodySize);
        }
        long limit = MAX_RATIO * maxBodySize;
        if (size > limit) {
            throw invalid(message, "body before compression " + size + " bytes, limit " + limit);
        }
    }

    private static int checkedCharacters(Message message) {
        long characters = MessagePropertiesCodec.characters(message);
        if (characters > MAX_PROPERTIES) {
            throw invalid(message, "properties " + characters + " characters, limit " + MAX_PROPERTIES + " bytes");
        }
        return (int) characters;
    }

    ByteBufAllocator allocator() {
        return memory.allocator();
    }

    MessageIdGenerator ids() {
        return ids;
    }

    /** What bodies of this size are compressed with, if any are. */
    @Nullable
    Compressor compressorOf(int bodySize) {
        return bodySize >= threshold ? compressor : null;
    }

    /** Keeps no memory any more but that of messages that are not released. */
    @Override
    public void close() {
        memory.close();
    }

    private static MessageNotStoredException invalid(Message message, String broken) {
        return new MessageNotStoredException(
                FailureKind.INVALID_MESSAGE, "invalid message: " + broken + ", topic " + message.topic());
    }

    static MessageNotStoredException outOfMemory(int size, OutOfMemoryError cause) {
        return new MessageNotStoredException(
                FailureReport.of(FailureKind.RESOURCE, "out of direct memory for a message of " + size + " bytes")
                        .withCause(cause));
    }
}
