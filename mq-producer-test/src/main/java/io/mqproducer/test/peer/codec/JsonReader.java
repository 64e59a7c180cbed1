package io.mqproducer.test.peer.codec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recursive reader of one JSON text. Used by one thread, once. */
final class JsonReader {

    private final String json;
    private int at;

    JsonReader(String json) {
        this.json = json;
    }

    Map<String, @Nullable Object> wholeObject() {
        Map<String, @Nullable Object> object = object();
        if (peek() != '\0') {
            throw unexpected("the end");
        }
        return object;
    }

    private @Nullable Object value() {
        char c = peek();
        if (c == '{') {
            return object();
        }
        if (c == '[') {
            return array();
        }
        if (c == '"') {
            return string();
        }
        if (c == '-' || Character.isDigit(c)) {
            return number();
        }
        return word();
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            String key = peek() == '"' ? string() : number().toString();
            expect(':');
            object.put(key, value());
            if (peek() != '}') {
                expect(',');
            }
        }
        expect('}');
        return object;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> array = new ArrayList<>();
        expect('[');
        while (peek() != ']') {
            array.add(value());
            if (peek() != ']') {
                expect(',');
            }
        }
        expect(']');
        return array;
    }

    private String string() {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (next() != '"') {
            char c = json.charAt(at++);
            text.append(c == '\\' ? escaped() : c);
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        char c = next();
        at++;
        if (c != 'u') {
            int known = "\"\\/bfnrt".indexOf(c);
            if (known < 0) {
                throw unexpected("an escape");
            }
            return "\"\\/\b\f\n\r\t".charAt(known);
        }
        if (at + 4 > json.length()) {
            throw unexpected("four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(json, at - 4, at, 16);
    }

    private Number number() {
        int start = at;
        while (at < json.length() && "+-.eE0123456789".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(json.substring(start, at));
        } catch (NumberFormatException e) {
            throw unexpected("a number");
        }
        return number.scale() <= 0 && number.precision() <= 18 ? (Number) number.longValueExact() : number;
    }

    private @Nullable Boolean word() {
        for (String word : List.of("true", "false", "null")) {
            if (json.startsWith(word, at)) {
                at += word.length();
                return "null".equals(word) ? null : Boolean.valueOf(word);
            }
        }
        throw unexpected("a value");
    }

    private char peek() {
        while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return at < json.length() ? json.charAt(at) : '\0';
    }

    private char next() {
        if (at >= json.length()) {
            throw unexpected("more");
        }
        return json.charAt(at);
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw unexpected("'" + wanted + "'");
        }
        at++;
    }

    private IllegalArgumentException unexpected(String wanted) {
        return new IllegalArgumentException("not JSON: " + wanted + " expected at " + at + " of " + json.length());
    }
}
