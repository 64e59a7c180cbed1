package io.mqproducer.test;

import io.mqproducer.test.process.RocketMQClassPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The RocketMQ that servers are of. What is stored is read by the client of {@link #V5_5_0} from either. */
public enum RocketMQVersion {

    /** The present one; about 100 MB. */
    V5_5_0("5.5.0"),

    /**
     * The newest 4.9 on Maven Central; 15 MB, without what its servers need to make a certificate of their own. They know no
     * address to bind to, and listen on all interfaces.
     */
    V4_9_7("4.9.7");

    private final String text;

    RocketMQVersion(String text) {
        this.text = text;
    }

    /** For example {@code 5.5.0}. */
    public String text() {
        return text;
    }

    List<Path> jars() {
        return RocketMQClassPath.of(text, notNeeded());
    }

    private Set<String> notNeeded() {
        return switch (this) {
            case V5_5_0 -> Set.of();
            case V4_9_7 -> Set.of("zstd-jni", "bcprov-jdk15on", "bcpkix-jdk15on", "bcutil-jdk15on");
        };
    }
}
