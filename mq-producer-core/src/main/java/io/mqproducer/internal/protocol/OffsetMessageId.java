package io.mqproducer.internal.protocol;

import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.PrintableText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The id that a broker gives a message: where the broker listens, and where in its log the message is. As text, the hexadecimal
 * digits of the address, 4 or 16 bytes, of the port, 4, and of the offset, 8.
 *
 * @param broker its host an IP address, as the broker sees itself
 */
public record OffsetMessageId(Endpoint broker, long physicalOffset) {

    /** The digits of one with an IPv4 address, as of the ids that producers give. */
    private static final int DIGITS = 32;

    private static final int DIGITS_IPV6 = 56;
    private static final int AFTER_ADDRESS = Integer.BYTES + Long.BYTES;
    private static final int MAX_PORT = 65_535;
    private static final int SHOWN = 64;
    private static final Pattern TEXT = Pattern.compile("[0-9A-Fa-f]{" + DIGITS + "}|[0-9A-Fa-f]{" + DIGITS_IPV6 + "}");

    /**
     * Reads the text of an id. One with an IPv4 address may be a producer's id as well: both are {@value #DIGITS} digits.
     *
     * @throws IllegalArgumentException if it is no such text, or the port in it is none
     */
    public static OffsetMessageId parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("an offset message id has 32 or 56 hexadecimal digits, got '"
                    + PrintableText.of(text, SHOWN) + "'");
        }
        byte[] bytes = HexFormat.of().parseHex(text);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] address = new byte[bytes.length - AFTER_ADDRESS];
        in.get(address);
        int port = in.getInt();
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("no offset message id, its port would be " + port + ": " + text);
        }
        return new OffsetMessageId(new Endpoint(hostOf(address), port), in.getLong());
    }

    static String text(byte[] address, int port, long physicalOffset) {
        byte[] bytes = ByteBuffer.allocate(address.length + AFTER_ADDRESS)
                .put(address)
                .putInt(port)
                .putLong(physicalOffset)
                .array();
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** The text of an address of 4 or 16 bytes; looks nothing up. */
    static String hostOf(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address of " + address.length + " bytes", e);
        }
    }
}
