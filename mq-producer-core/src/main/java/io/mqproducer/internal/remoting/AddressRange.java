package io.mqproducer.internal.remoting;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A range of IP addresses that begin with the same bits ({@code 10.0.0.0/8}, {@code fd00::/8}). Immutable. */
final class AddressRange {

    private final String text;
    private final byte[] network;
    private final int prefix;

    private AddressRange(String text, byte[] network, int prefix) {
        this.text = text;
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads {@code address/prefix length}, or a single address.
     *
     * @throws IllegalArgumentException if it is neither, saying why
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] network = NetUtil.createByteArrayFromIpAddressString(address);
        if (network == null) {
            throw broken(text, "must be an IP address, '/' and the length of a prefix");
        }
        int bits = network.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw broken(text, "must have a prefix of 0 to " + bits + " bits");
        }
        AddressRange range = new AddressRange(text, network, prefix);
        if (!range.isWithoutFurtherBits()) {
            throw broken(text, "must have no bits set after its prefix");
        }
        return range;
    }

    private static IllegalArgumentException broken(String text, String rule) {
        return new IllegalArgumentException("range " + rule + ", got '" + text + "'");
    }

    private static int prefix(String digits) {
        return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
    }

    private boolean isWithoutFurtherBits() {
        for (int bit = prefix; bit < network.length * Byte.SIZE; bit++) {
            if (bit(network, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(byte[] address, int index) {
        return (address[index / Byte.SIZE] & 0x80 >>> index % Byte.SIZE) != 0;
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (bit(bytes, bit) != bit(network, bit)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is the whole of its protocol. */
    boolean isEverything() {
        return prefix == 0;
    }

    /** How many bits its addresses have in common. */
    int prefix() {
        return prefix;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressRange that && prefix == that.prefix && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return 31 * prefix + Arrays.hashCode(network);
    }

    @Override
    public String toString() {
        return text;
    }
}
