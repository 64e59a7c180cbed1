package io.mqproducer.internal.protocol;

/** How much a peer may say. Beyond any of these its frame is refused, before memory is taken for it. */
public final class FrameLimits {

    /** Bytes of an inbound frame that brings no message: answers and routes, which are small. */
    public static final int MAX_INBOUND_FRAME = 4 * 1024 * 1024;

    /** Bytes of an inbound frame that brings any number of messages: as many as RocketMQ takes itself. */
    public static final int MAX_LOOKUP_FRAME = 16 * 1024 * 1024;

    /** Bytes that may come with a message's body: the header, and in the stored form the properties once more. */
    private static final int AROUND_A_BODY = 512 * 1024;

    /** Bytes of a topic's route. */
    public static final int MAX_ROUTE_BODY = 4 * 1024 * 1024;

    /** Bytes of a header. */
    public static final int MAX_HEADER = 256 * 1024;

    /** Fields of a header, repeated ones counted each time: also what ends an attack by colliding hashes. */
    public static final int MAX_FIELDS = 256;

    public static final int MAX_FIELD_KEY = 1024;
    public static final int MAX_FIELD_VALUE = 64 * 1024;

    /** Characters of a remark that are kept; the rest is cut. */
    public static final int MAX_REMARK = 1024;

    public static final int MAX_JSON_DEPTH = 32;
    public static final int MAX_JSON_NUMBER = 32;

    /** Tokens of a header's JSON; keys are remembered while it is read, so their number decides the memory it takes. */
    static final int MAX_HEADER_TOKENS = 4096;

    /** Tokens of a route's JSON; one with all the brokers and queues that are allowed has half as many. */
    static final int MAX_ROUTE_TOKENS = 400_000;

    public static final int MAX_BROKERS = 4096;
    public static final int MAX_QUEUES_PER_BROKER = 16_384;
    public static final int MAX_QUEUES = 65_536;

    /** The most that the 24 bits of a header word can announce. */
    static final int HEADER_LENGTH_MASK = 0x00FF_FFFF;

    private FrameLimits() {}

    /** Bytes of an inbound frame that may bring one message, as a reply or a transaction check. */
    public static int withOneMessage(int maxMessageSize) {
        return (int)
                Math.min(Integer.MAX_VALUE, Math.max((long) MAX_INBOUND_FRAME, (long) maxMessageSize + AROUND_A_BODY));
    }

    /**
     * Checks a frame's length field, before anything is allocated for it.
     *
     * @param length the field's value, which does not count itself
     * @param max the most bytes a frame may have on this connection
     * @throws ProtocolException if no frame of that length can be, or it is too long for us
     */
    public static void checkFrameLength(int length, int max) {
        if (length < Integer.BYTES || length > max) {
            throw new ProtocolException("frame length " + length + " is not between 4 and " + max);
        }
    }
}
