package io.mqproducer.samples.readme;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** A block of YAML as Boot reads it from an {@code application.yml}. */
final class Yaml {

    private Yaml() {}

    static PropertySource<?> source(String text) {
        try {
            return new YamlPropertySourceLoader()
                    .load("README.md", new ByteArrayResource(text.getBytes(UTF_8)))
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
