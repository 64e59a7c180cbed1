package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqproducer.config.Credentials;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests as servers with ACL want it: HMAC-SHA1 over the values of all header fields, in the order of their
 * names, and the body. The algorithm is RocketMQ's choice and the same in 4.x and 5.x.
 *
 * <p>Signing is the last thing that is done to a request: the signature covers what is really sent. Not thread-safe.
 */
public final class AclSignature {

    private static final String ALGORITHM = "HmacSHA1";
    private static final String ACCESS_KEY = "AccessKey";
    private static final String SECURITY_TOKEN = "SecurityToken";
    private static final String SIGNATURE = "Signature";

    /** A field that 4.x servers leave out of what they check, and 5.x servers too if the request says it is that old. */
    private static final String UNIQUE_KEY_QUERY = "_UNIQUE_KEY_QUERY";

    private static final int OLD_VERSION = 399; // V4_9_3

    private static final int HASH_BYTES = 20;
    private static final int BASE64_BYTES = 28;
    private static final int LEAST_CONTENT = 4096;

    private final Mac mac;
    private final byte[] hash = new byte[HASH_BYTES];
    private final byte[] base64 = new byte[BASE64_BYTES];
    private final BinaryFields fields = new BinaryFields();
    private byte[] content = new byte[LEAST_CONTENT];
    private @Nullable Credentials credentials;

    /** What all requests with these credentials have in common: the first values of what is signed. */
    private byte[] firstValues = {};

    /** And the fields that are added, up to the signature's value. */
    private byte[] addedFields = {};

    public AclSignature() {
        try {
            mac = Mac.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Signs with these credentials from now on. */
    public void use(Credentials current) {
        if (!current.equals(credentials)) {
            prepare(current);
        }
        credentials = current;
    }

    private void prepare(Credentials current) {
        credentials = null; // for what if this fails
        try {
            mac.init(new SecretKeySpec(current.secretKey().getBytes(UTF_8), ALGORITHM));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("no key for " + ALGORITHM, e);
        }
        String token = current.securityToken().orElse(null);
        firstValues = (current.accessKey() + (token == null ? "" : token)).getBytes(UTF_8);
        ByteBuf added = Unpooled.buffer();
        BinaryHeaderSerializer.writeField(ACCESS_KEY, current.accessKey(), added);
        if (token != null) {
            BinaryHeaderSerializer.writeField(SECURITY_TOKEN, token, added);
        }
        BinaryHeaderSerializer.writeField(SIGNATURE, "", added);
        added.setInt(added.writerIndex() - Integer.BYTES, BASE64_BYTES);
        addedFields = new byte[added.readableBytes()];
        added.readBytes(addedFields);
    }

    /** How many bytes {@link #appendTo} adds. */
    public int length() {
        return addedFields.length + BASE64_BYTES;
    }

    /**
     * Signs a request whose header is binary, and adds the signature to its head.
     *
     * @param head ends with the frame's head, whose length fields already count the body
     * @param start where the frame begins
     * @param body has the body somewhere
     */
    public void appendTo(ByteBuf head, int start, ByteBuf body, int bodyIndex, int bodyLength) {
        fields.read(head, start);
        hash(values(head), body, bodyIndex, bodyLength);
        head.writeBytes(addedFields).writeBytes(base64);
        fields.lengthen(head, start, length());
    }

    /** Puts the values that are signed into {@link #content}; returns their length. */
    private int values(ByteBuf head) {
        int most = firstValues.length + fields.length();
        if (content.length < most) {
            content = new byte[Math.max(most, 2 * content.length)];
        }
        System.arraycopy(firstValues, 0, content, 0, firstValues.length);
        int length = fields.copyValues(head, content, firstValues.length);
        if (length < 0) {
            throw new IllegalArgumentException("the fields of a binary header must be in the order of their names");
        }
        return length;
    }

    /** What is short is hashed in one go, a long body piece by piece. */
    private void hash(int valuesLength, ByteBuf body, int bodyIndex, int bodyLength) {
        int filled = valuesLength;
        int done = 0;
        while (done < bodyLength) {
            if (filled == content.length) {
                mac.update(content, 0, filled);
                filled = 0;
            }
            int piece = Math.min(bodyLength - done, content.length - filled);
            body.getBytes(bodyIndex + done, content, filled, piece);
            filled += piece;
            done += piece;
        }
        mac.update(content, 0, filled);
        encode();
    }

    private void encode() {
        try {
            mac.doFinal(hash, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("a hash of " + ALGORITHM + " has " + HASH_BYTES + " bytes", e);
        }
        Base64.getEncoder().encode(hash, base64);
    }

    /** The request with the signature among its fields. */
    public RemotingCommand sign(RemotingCommand request) {
        Credentials current = credentials;
        if (current == null) {
            throw new IllegalStateException("no credentials");
        }
        Map<String, String> all = new TreeMap<>(request.fields());
        all.put(ACCESS_KEY, current.accessKey());
        current.securityToken().ifPresent(token -> all.put(SECURITY_TOKEN, token));
        StringBuilder values = new StringBuilder();
        all.forEach((name, value) -> values.append(name.equals(UNIQUE_KEY_QUERY) ? "" : value));
        mac.update(values.toString().getBytes(UTF_8));
        mac.update(request.body());
        encode();
        all.put(SIGNATURE, new String(base64, UTF_8));
        return request.with(all, all.containsKey(UNIQUE_KEY_QUERY) ? OLD_VERSION : request.version());
    }
}
