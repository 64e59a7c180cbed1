package io.mqproducer.internal.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How JSON of a peer is read: streaming, bounded, with unquoted keys as name servers before 4.9.4 send them. */
final class JsonReading {

    private JsonReading() {}

    /** A factory with our limits. It remembers some of the keys it has seen, so peers should not share one. */
    static JsonFactory factory(int maxDocument, int maxTokens, int maxString) {
        JsonFactoryBuilder builder = new JsonFactoryBuilder();
        builder.streamReadConstraints(StreamReadConstraints.builder()
                .maxDocumentLength(maxDocument)
                .maxTokenCount(maxTokens)
                .maxStringLength(maxString)
                .maxNameLength(FrameLimits.MAX_FIELD_KEY)
                .maxNestingDepth(FrameLimits.MAX_JSON_DEPTH)
                .maxNumberLength(FrameLimits.MAX_JSON_NUMBER)
                .build());
        builder.disable(JsonFactory.Feature.INTERN_FIELD_NAMES); // a peer must not fill the JVM's string table
        builder.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);
        builder.enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES);
        builder.enable(JsonWriteFeature.ESCAPE_NON_ASCII); // so that a lone surrogate is text like any other
        return builder.build();
    }

    static void expect(JsonParser parser, JsonToken expected, String what) throws IOException {
        if (parser.currentToken() != expected) {
            throw new ProtocolException(
                    what + " is " + describe(parser.currentToken()) + ", not " + describe(expected));
        }
    }

    static void expectEnd(JsonParser parser, String what) throws IOException {
        if (parser.nextToken() != null) {
            throw new ProtocolException("garbage after " + what);
        }
    }

    static int readInt(JsonParser parser, String name) throws IOException {
        expect(parser, JsonToken.VALUE_NUMBER_INT, name);
        return parser.getIntValue();
    }

    static ProtocolException unusable(String what, IOException cause) {
        String reason = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        return new ProtocolException(what + " is not usable JSON: " + reason);
    }

    private static String describe(@Nullable JsonToken token) {
        return token == null ? "missing" : token.name();
    }
}
