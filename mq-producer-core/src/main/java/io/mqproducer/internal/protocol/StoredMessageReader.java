package io.mqproducer.internal.protocol;

import io.mqproducer.internal.util.Endpoint;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Reads messages in the form in which brokers store them. Takes no more memory than the bytes that are there.
 *
 * <p>{@code int32 total size | int32 magic | int32 body CRC | int32 queue id | int32 flag | int64 queue offset | int64 physical
 * offset | int32 sysFlag | int64 born timestamp | born host | int64 store timestamp | store host | int32 reconsume times | int64
 * prepared transaction offset | int32 length, body | length, topic | int16 length, properties}. A host is 4 or 16 bytes of
 * address and an int32 of port; the topic's length an int8 or int16, as the magic says.
 */
final class StoredMessageReader {

    private static final int MAGIC_V1 = 0xDAA320A7;
    private static final int MAGIC_V2 = 0xDAA320AB;
    private static final int CRC_BITS = 0x7FFF_FFFF;
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final int MAX_PORT = 65_535;

    /** More than any answer to a query has. */
    private static final int MAX_MESSAGES = 4096;

    private final ByteBuffer in;

    private StoredMessageReader(ByteBuffer in) {
        this.in = in;
    }

    static List<StoredMessage> readAll(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        List<StoredMessage> messages = new ArrayList<>();
        while (in.hasRemaining()) {
            if (messages.size() == MAX_MESSAGES) {
                throw new ProtocolException("more than " + MAX_MESSAGES + " messages");
            }
            messages.add(readNext(in));
        }
        return messages;
    }

    private static StoredMessage readNext(ByteBuffer in) {
        int available = in.remaining();
        int size = available < Integer.BYTES ? available : in.getInt(in.position());
        if (size <= Integer.BYTES || size > available) {
            throw new ProtocolException("message of " + size + " bytes with " + available + " left");
        }
        ByteBuffer one = in.slice(in.position(), size).position(Integer.BYTES);
        in.position(in.position() + size);
        try {
            return new StoredMessageReader(one).read();
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("message of " + size + " bytes ends within a field");
        }
    }

    private StoredMessage read() {
        int magic = in.getInt();
        if (magic != MAGIC_V1 && magic != MAGIC_V2) {
            throw new ProtocolException("message with magic " + Integer.toHexString(magic));
        }
        int bodyCrc = in.getInt();
        int queueId = in.getInt();
        int flag = in.getInt();
        long queueOffset = in.getLong();
        long physicalOffset = in.getLong();
        int sysFlag = in.getInt();
        long bornTimestamp = in.getLong();
        String bornHost = hostAndPort(address((sysFlag & MessageSysFlag.BORN_HOST_IPV6) != 0), in.getInt());
        long storeTimestamp = in.getLong();
        byte[] storeAddress = address((sysFlag & MessageSysFlag.STORE_HOST_IPV6) != 0);
        int storePort = in.getInt();
        String storeHost = hostAndPort(storeAddress, storePort);
        int reconsumeTimes = in.getInt();
        long preparedTransactionOffset = in.getLong();
        byte[] body = bytes(in.getInt());
        checkCrc(body, bodyCrc);
        String topic = topic(magic == MAGIC_V1 ? in.get() & 0xFF : in.getShort());
        String properties = new String(bytes(in.getShort()), StandardCharsets.UTF_8);
        return new StoredMessage(
                queueId,
                flag,
                queueOffset,
                physicalOffset,
                sysFlag,
                bornTimestamp,
                bornHost,
                storeTimestamp,
                storeHost,
                OffsetMessageId.text(storeAddress, storePort, physicalOffset),
                reconsumeTimes,
                preparedTransactionOffset,
                body,
                topic,
                MessagePropertiesReader.read(properties));
    }

    private byte[] address(boolean ipv6) {
        return bytes(ipv6 ? IPV6 : IPV4);
    }

    private static String hostAndPort(byte[] address, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new ProtocolException("message of a host with port " + port);
        }
        return new Endpoint(OffsetMessageId.hostOf(address), port).toString();
    }

    /** So many bytes; checked before memory is taken for them. */
    private byte[] bytes(int count) {
        if (count < 0 || count > in.remaining()) {
            throw new ProtocolException("field of " + count + " bytes with " + in.remaining() + " left");
        }
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    /** Of the body as it is stored; 0 if the broker was not to compute it. */
    private static void checkCrc(byte[] body, int expected) {
        if (expected != 0) {
            CRC32 crc = new CRC32();
            crc.update(body);
            if (((int) crc.getValue() & CRC_BITS) != expected) {
                throw new ProtocolException("body of " + body.length + " bytes is damaged: its CRC is not " + expected);
            }
        }
    }

    private String topic(int length) {
        String topic = new String(bytes(length), StandardCharsets.ISO_8859_1);
        if (topic.isEmpty() || !topic.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new ProtocolException("message of topic \"" + topic + "\"");
        }
        return topic;
    }
}
