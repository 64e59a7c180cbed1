package io.mqproducer.spring.boot.autoconfigure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The files that this module packs, among the many of the same name on the class path. */
final class OwnResources {

    static final String METADATA = "META-INF/spring-configuration-metadata.json";

    private OwnResources() {}

    static InputStream open(String name) throws IOException {
        String root = MQProducerProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        return new URL(root.endsWith(".jar") ? "jar:" + root + "!/" + name : root + name).openStream();
    }

    static List<String> lines(String name) throws IOException {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    static Stream<JsonNode> properties(String name) throws IOException {
        try (InputStream in = open(name)) {
            JsonNode metadata = new ObjectMapper().readTree(in);
            return StreamSupport.stream(metadata.get("properties").spliterator(), false);
        }
    }
}
