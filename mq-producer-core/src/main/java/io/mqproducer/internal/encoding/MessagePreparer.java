package io.mqproducer.internal.encoding;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a message into what goes on the wire: checks what depends on the configuration, gives it an id, and lays out
 * its properties and its body, compressed if that helps, in one piece of memory outside the heap.
 *
 * <p>Thread-safe; blocks on nothing. The message is not changed, and its body not looked at once this has returned.
 */
public final class MessagePreparer {

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
    private final LongSupplier clock;
    private final ByteBufAllocator allocator;
    private final AtomicBoolean compressorFailed = new AtomicBoolean();

    /**
     * @param compressor null if nothing is to be compressed; stays its giver's to close
     * @param clock milliseconds since the epoch
     */
    public MessagePreparer(
            ProducerConfig config,
            @Nullable Compressor compressor,
            MessageIdGenerator ids,
            LongSupplier clock,
            ByteBufAllocator allocator) {
        this.maxBodySize = config.send().maxMessageSize();
        this.threshold = config.compression().threshold();
        this.namespace = Namespace.of(config.identity());
        this.properties = new MessagePropertiesCodec(ids, namespace.v1());
        this.compressor = compressor;
        this.ids = ids;
        this.clock = clock;
        this.allocator = allocator;
    }

    /**
     * The message with a new id. It is the caller's to release.
     *
     * @throws MessageNotStoredException if it breaks a rule, or there is no memory for it
     */
    public OutboundMessage prepare(Message message) {
        checkTopic(message);
        Compressor applicable = message.body().length >= threshold ? compressor : null;
        checkBody(message, applicable != null);
        int capacity = (int) Math.min(
                Integer.MAX_VALUE, (long) properties.capacity(checkedCharacters(message)) + message.body().length);
        ByteBuf content;
        try {
            content = allocator.directBuffer(capacity);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(capacity, e);
        }
        try {
            return fill(content, message, applicable);
        } catch (OutOfMemoryError e) {
            content.release();
            throw outOfMemory(capacity, e);
        } catch (RuntimeException | Error e) {
            content.release();
            throw e;
        }
    }

    private OutboundMessage fill(ByteBuf content, Message message, @Nullable Compressor applicable) {
        OutboundMessage outbound = new OutboundMessage(message, clock.getAsLong(), ids, content);
        properties.write(message, outbound.id(), content);
        int propertiesLength = content.readableBytes();
        if (propertiesLength > MAX_PROPERTIES) {
            throw invalid(message, "properties " + propertiesLength + " bytes, limit " + MAX_PROPERTIES);
        }
        int sysFlag = 0;
        if (applicable != null && compress(applicable, message.body(), content)) {
            sysFlag = applicable.type().sysFlag();
            content.capacity(content.readableBytes()); // it was large enough for the whole body
        } else {
            content.writeBytes(message.body());
        }
        int bodySize = content.readableBytes() - propertiesLength;
        if (bodySize > maxBodySize) {
            throw invalid(message, "body " + bodySize + " bytes, limit " + maxBodySize);
        }
        outbound.describeContent(propertiesLength, sysFlag);
        return outbound;
    }

    /** Whether the body was appended in compressed form; if not, the content holds what it held. */
    private boolean compress(Compressor applicable, byte[] body, ByteBuf content) {
        int start = content.writerIndex();
        try {
            return applicable.compress(body, content);
        } catch (RuntimeException | LinkageError e) {
            content.writerIndex(start);
            if (compressorFailed.compareAndSet(false, true)) {
                LOG.warn("Cannot compress with {}; bodies go out as they are where it fails", applicable.type(), e);
            }
            return false;
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

    private static MessageNotStoredException invalid(Message message, String broken) {
        return new MessageNotStoredException(
                FailureKind.INVALID_MESSAGE, "invalid message: " + broken + ", topic " + message.topic());
    }

    private static MessageNotStoredException outOfMemory(int size, OutOfMemoryError cause) {
        return new MessageNotStoredException(
                FailureReport.of(FailureKind.RESOURCE, "out of direct memory for a message of " + size + " bytes")
                        .withCause(cause));
    }
}
