package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.netty.channel.ChannelHandler;
import java.io.InputStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the jar tells the makers of native images; {@link ArchitectureTest} sees to it that there is no more to tell. */
class NativeImageTest {

    private static final String METADATA = "/META-INF/native-image/io.mqproducer/mq-producer-core/reflect-config.json";

    /** Netty looks at the methods of each handler to find out which events to pass it by. */
    @Test
    void namesTheHandlersOfConnectionsAndNothingElse() throws Exception {
        String expected = new ClassFileImporter()
                .importLocations(new ArchitectureTest.MainClasses().get(getClass())).stream()
                        .filter(type -> type.isAssignableTo(ChannelHandler.class))
                        .map(JavaClass::getName)
                        .sorted()
                        .map(NativeImageTest::entry)
                        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));

        try (InputStream metadata = MQProducer.class.getResourceAsStream(METADATA)) {
            assertThat(metadata).as(METADATA).isNotNull();
            assertThat(new String(metadata.readAllBytes(), UTF_8)).isEqualTo(expected);
        }
    }

    private static String entry(String handler) {
        return """
                  {
                    "name": "%1$s",
                    "condition": {"typeReachable": "%1$s"},
                    "queryAllPublicMethods": true
                  }\
                """.formatted(handler);
    }
}
