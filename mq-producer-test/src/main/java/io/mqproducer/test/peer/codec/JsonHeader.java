package io.mqproducer.test.peer.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The header form called JSON: one object, its fields under {@code extFields}. */
final class JsonHeader {

    private JsonHeader() {}

    static Header read(ByteBuffer in) {
        Map<String, @Nullable Object> header =
                Json.parseObject(StandardCharsets.UTF_8.decode(in).toString());
        Object language = header.get("language");
        Object remark = header.get("remark");
        return new Header(
                number(header, "code"),
                language == null ? "JAVA" : language.toString(),
                number(header, "version"),
                number(header, "opaque"),
                number(header, "flag"),
                remark == null ? null : remark.toString(),
                fields(header.get("extFields")));
    }

    private static Map<String, String> fields(@Nullable Object extFields) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (extFields instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null) {
                    fields.put(String.valueOf(name), value.toString());
                }
            });
        }
        return fields;
    }

    private static int number(Map<String, @Nullable Object> header, String name) {
        return header.get(name) instanceof Number number ? number.intValue() : 0;
    }

    static byte[] write(Header header) {
        Map<String, @Nullable Object> json = new TreeMap<>();
        json.put("code", header.code());
        json.put("extFields", header.fields());
        json.put("flag", header.flag());
        json.put("language", header.language());
        json.put("opaque", header.opaque());
        json.put("serializeTypeCurrentRPC", "JSON");
        json.put("version", header.version());
        if (header.remark() != null) {
            json.put("remark", header.remark());
        }
        return Json.write(json).getBytes(StandardCharsets.UTF_8);
    }
}
