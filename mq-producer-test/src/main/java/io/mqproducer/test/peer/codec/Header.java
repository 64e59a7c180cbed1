package io.mqproducer.test.peer.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a frame says before its body; the fields keep the order they had on the wire. */
public record Header(
        int code,
        String language,
        int version,
        int opaque,
        int flag,
        @Nullable String remark,
        Map<String, String> fields) {

    public Header {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
