package io.mqproducer.benchmarks.run;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.test.process.RocketMQClassPath;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/** What is on the class path of each client: its own jars, and none of the other's. */
final class ClassPaths {

    static final String ROCKETMQ_VERSION = "5.5.0";

    private @Nullable String official;

    String of(ClientKind kind) {
        return kind.isOfficial() ? official() : ours();
    }

    /** That of this process. */
    String ours() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private synchronized String official() {
        String known = official;
        if (known == null) {
            List<Path> jars = new ArrayList<>(RocketMQClassPath.ofClient(ROCKETMQ_VERSION));
            jars.add(jarOf(ClassPaths.class));
            jars.add(jarOf(Histogram.class));
            jars.add(jarOf(MpscArrayQueue.class));
            known = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            official = known;
        }
        return known;
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("not from a file: " + type, e);
        }
    }
}
