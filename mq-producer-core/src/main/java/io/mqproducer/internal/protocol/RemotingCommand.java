package io.mqproducer.internal.protocol;

import io.mqproducer.internal.util.PrintableText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request or an answer: what one frame carries.
 *
 * <p>Immutable. The body array is shared, not copied, and must not be changed by anyone.
 */
public final class RemotingCommand {

    /** The version we say we are, V5_5_0: name servers quote the keys of their JSON from 401 on. */
    static final int VERSION = 513;

    private static final int RESPONSE = 1;
    private static final int ONEWAY = 2;
    private static final byte[] NO_BODY = {};

    private final int code;
    private final int opaque;
    private final int flag;
    private final int version;
    private final @Nullable String remark;
    private final Map<String, String> fields;
    private final byte[] body;

    private RemotingCommand(Builder builder, byte[] body) {
        this.code = builder.code;
        this.opaque = builder.opaque;
        this.flag = builder.flag;
        this.version = builder.version;
        this.remark = builder.remark;
        this.fields = builder.fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(builder.fields);
        this.body = body;
    }

    /** A request that is answered. Its opaque is given when it is written. */
    public static RemotingCommand request(RequestCode code, Map<String, String> fields, byte[] body) {
        return builder(code.code(), 0).allFields(fields).build(body);
    }

    /** A request that is not answered. */
    public static RemotingCommand oneway(RequestCode code, Map<String, String> fields, byte[] body) {
        return builder(code.code(), ONEWAY).allFields(fields).build(body);
    }

    /** The answer to the peer's request of that opaque. */
    public static RemotingCommand response(int code, int opaque, @Nullable String remark) {
        Builder builder = builder(code, RESPONSE);
        builder.opaque = opaque;
        builder.remark = remark;
        return builder.build(NO_BODY);
    }

    /** The same with other fields and another version. */
    RemotingCommand with(Map<String, String> otherFields, int otherVersion) {
        Builder builder = builder(code, flag).allFields(otherFields);
        builder.version = otherVersion;
        builder.opaque = opaque;
        builder.remark = remark;
        return builder.build(body);
    }

    static Builder builder(int code, int flag) {
        Builder builder = new Builder();
        builder.code = code;
        builder.flag = flag;
        builder.version = VERSION;
        return builder;
    }

    /** A {@link RequestCode} or a {@link ResponseCode}, or one that neither knows. */
    public int code() {
        return code;
    }

    /** What pairs an answer with its request on one connection; any int. */
    public int opaque() {
        return opaque;
    }

    public int flag() {
        return flag;
    }

    public boolean isResponse() {
        return (flag & RESPONSE) != 0;
    }

    public boolean isOneway() {
        return (flag & ONEWAY) != 0;
    }

    /** The version of RocketMQ that the sender says it is. */
    public int version() {
        return version;
    }

    /** The peer's words on an error; received ones are cut and escaped. */
    public @Nullable String remark() {
        return remark;
    }

    public Map<String, String> fields() {
        return fields;
    }

    /** The body; empty if there is none, which the protocol cannot tell from an empty one. */
    public byte[] body() {
        return body;
    }

    /** The value of a field, or null if it is missing. */
    public @Nullable String string(String name) {
        return fields.get(name);
    }

    /** The value of a field that must be there and not be empty. */
    public String requiredString(String name) {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw new ProtocolException("field " + name + " is " + (value == null ? "missing" : "empty"));
        }
        return value;
    }

    public int requiredInt(String name) {
        String value = requiredString(name);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw ProtocolException.field(name, value, "an int");
        }
    }

    public long requiredLong(String name) {
        String value = requiredString(name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw ProtocolException.field(name, value, "a long");
        }
    }

    /** For logs: no field values, no body. */
    @Override
    public String toString() {
        return (isResponse() ? "response " : "request ") + code + " opaque " + opaque + (isOneway() ? " oneway" : "")
                + " fields " + fields.keySet() + " body " + body.length + " bytes"
                + (remark == null ? "" : " remark " + remark);
    }

    /** A command in the making. The methods that read what a peer sent keep to {@link FrameLimits}. */
    static final class Builder {

        int code;
        int opaque;
        int flag;
        int version;

        private @Nullable String remark;
        private Map<String, String> fields = Map.of();
        private int fieldCount;

        Builder allFields(Map<String, String> own) {
            fields = new LinkedHashMap<>(own);
            return this;
        }

        Builder remark(String own) {
            remark = own;
            return this;
        }

        void receivedRemark(String text) {
            remark = PrintableText.of(text, FrameLimits.MAX_REMARK);
        }

        void receivedField(String key, String value) {
            if (key.isEmpty() || key.length() > FrameLimits.MAX_FIELD_KEY) {
                throw new ProtocolException("header has a field with a key of " + key.length() + " characters");
            }
            if (value.length() > FrameLimits.MAX_FIELD_VALUE) {
                throw new ProtocolException("field " + key + " has " + value.length() + " characters");
            }
            if (++fieldCount > FrameLimits.MAX_FIELDS) {
                throw new ProtocolException("header has more than " + FrameLimits.MAX_FIELDS + " fields");
            }
            if (fields.isEmpty()) {
                fields = new LinkedHashMap<>();
            }
            fields.put(key, value);
        }

        RemotingCommand build(byte[] body) {
            return new RemotingCommand(this, body);
        }
    }
}
