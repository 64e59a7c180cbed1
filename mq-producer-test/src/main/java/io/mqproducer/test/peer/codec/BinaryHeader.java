package io.mqproducer.test.peer.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header form called ROCKETMQ: fixed numbers, then length-prefixed text. */
final class BinaryHeader {

    private static final List<String> LANGUAGES = List.of(
            "JAVA", "CPP", "DOTNET", "PYTHON", "DELPHI", "ERLANG", "RUBY", "OTHER", "HTTP", "GO", "PHP", "OMS", "RUST",
            "NODE_JS");

    private BinaryHeader() {}

    static Header read(ByteBuffer in) {
        try {
            int code = in.getShort();
            int language = in.get();
            int version = in.getShort();
            int opaque = in.getInt();
            int flag = in.getInt();
            String remark = text(in, in.getInt());
            Map<String, String> fields = fields(in);
            return new Header(code, languageName(language), version, opaque, flag, remark, fields);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the header ends too early", e);
        }
    }

    private static Map<String, String> fields(ByteBuffer in) {
        int length = in.getInt();
        if (length != in.remaining()) {
            throw new IllegalArgumentException("fields of " + length + " bytes in " + in.remaining());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            String name = text(in, in.getShort());
            String value = text(in, in.getInt());
            if (name == null) {
                throw new IllegalArgumentException("a field without a name");
            }
            if (value != null) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    private static @Nullable String text(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("text of " + length + " bytes in " + in.remaining());
        }
        if (length == 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String languageName(int code) {
        return code >= 0 && code < LANGUAGES.size() ? LANGUAGES.get(code) : "language " + code;
    }

    static byte[] write(Header header) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(header.code());
            out.writeByte(Math.max(0, LANGUAGES.indexOf(header.language())));
            out.writeShort(header.version());
            out.writeInt(header.opaque());
            out.writeInt(header.flag());
            byte[] remark = header.remark() == null ? new byte[0] : utf8(header.remark());
            out.writeInt(remark.length);
            out.write(remark);
            byte[] fields = fields(header.fields());
            out.writeInt(fields.length);
            out.write(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] fields(Map<String, String> fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, String> field : fields.entrySet()) {
                byte[] name = utf8(field.getKey());
                byte[] value = utf8(field.getValue());
                out.writeShort(name.length);
                out.write(name);
                out.writeInt(value.length);
                out.write(value);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
