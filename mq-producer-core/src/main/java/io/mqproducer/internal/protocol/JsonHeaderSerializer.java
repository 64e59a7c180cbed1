package io.mqproducer.internal.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The JSON header. Written as the official client does, keys in alphabetical order; read in any order. */
final class JsonHeaderSerializer implements HeaderSerializer {

    private final JsonFactory json =
            JsonReading.factory(FrameLimits.MAX_HEADER, FrameLimits.MAX_HEADER_TOKENS, FrameLimits.MAX_HEADER);

    @Override
    public void write(RemotingCommand command, int opaque, ByteBuf out) {
        try (JsonGenerator generator = json.createGenerator((OutputStream) new ByteBufOutputStream(out))) {
            generator.writeStartObject();
            generator.writeNumberField("code", command.code());
            writeFields(command.fields(), generator);
            generator.writeNumberField("flag", command.flag());
            generator.writeStringField("language", "JAVA");
            generator.writeNumberField("opaque", opaque);
            String remark = command.remark();
            if (remark != null) {
                generator.writeStringField("remark", remark);
            }
            generator.writeStringField("serializeTypeCurrentRPC", "JSON");
            generator.writeNumberField("version", command.version());
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    private static void writeFields(Map<String, String> fields, JsonGenerator generator) throws IOException {
        generator.writeObjectFieldStart("extFields");
        for (Map.Entry<String, String> field : new TreeMap<>(fields).entrySet()) {
            generator.writeStringField(field.getKey(), field.getValue());
        }
        generator.writeEndObject();
    }

    @Override
    public RemotingCommand.Builder read(ByteBuf header) {
        try (JsonParser parser = json.createParser((InputStream) new ByteBufInputStream(header))) {
            parser.nextToken();
            JsonReading.expect(parser, JsonToken.START_OBJECT, "header");
            RemotingCommand.Builder command = readCommand(parser);
            JsonReading.expectEnd(parser, "header");
            return command;
        } catch (IOException e) {
            throw JsonReading.unusable("header", e);
        }
    }

    private static RemotingCommand.Builder readCommand(JsonParser parser) throws IOException {
        RemotingCommand.Builder command = new RemotingCommand.Builder();
        boolean hasCode = false;
        boolean hasOpaque = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "code" -> {
                    command.code = JsonReading.readInt(parser, name);
                    hasCode = true;
                }
                case "opaque" -> {
                    command.opaque = JsonReading.readInt(parser, name);
                    hasOpaque = true;
                }
                case "flag" -> command.flag = JsonReading.readInt(parser, name);
                case "version" -> command.version = JsonReading.readInt(parser, name);
                case "remark" -> readRemark(parser, command);
                case "extFields" -> readFields(parser, command);
                default -> parser.skipChildren();
            }
        }
        if (!hasCode || !hasOpaque) {
            throw new ProtocolException("header has no " + (hasCode ? "opaque" : "code"));
        }
        return command;
    }

    private static void readRemark(JsonParser parser, RemotingCommand.Builder command) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            JsonReading.expect(parser, JsonToken.VALUE_STRING, "remark");
            command.receivedRemark(parser.getText());
        }
    }

    private static void readFields(JsonParser parser, RemotingCommand.Builder command) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        JsonReading.expect(parser, JsonToken.START_OBJECT, "extFields");
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (value.isStructStart()) {
                parser.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                command.receivedField(key, parser.getText()); // numbers and booleans by their text
            }
        }
    }
}
