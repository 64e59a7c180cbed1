package io.mqproducer.internal.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a heartbeat tells a broker: which client this is, and the producer groups it speaks for.
 *
 * @param clientId the same on all connections of one producer, and no other producer's
 */
public record HeartbeatData(String clientId, List<String> producerGroups) {

    public HeartbeatData {
        producerGroups = List.copyOf(producerGroups);
    }

    /** The body of a HEART_BEAT request, as a client that does not consume sends it. */
    public byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonFactory json =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator generator = json.createGenerator(bytes)) {
            generator.writeStartObject();
            generator.writeStringField("clientID", clientId);
            generator.writeArrayFieldStart("consumerDataSet");
            generator.writeEndArray();
            generator.writeNumberField("heartbeatFingerprint", 0);
            generator.writeArrayFieldStart("producerDataSet");
            for (String group : producerGroups) {
                generator.writeStartObject();
                generator.writeStringField("groupName", group);
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeBooleanField("withoutSub", false);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }
}
