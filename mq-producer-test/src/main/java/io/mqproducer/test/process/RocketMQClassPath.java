package io.mqproducer.test.process;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.filter.ExclusionsDependencyFilter;

/**
 * RocketMQ's own jars, found the way Maven finds them: local repository, settings, offline mode, and Maven Central as
 * Maven itself knows it.
 *
 * <p>Inside a Maven build the local repository and offline mode are those of the build if its test plugin passes them
 * on, as {@code maven.repo.local} and {@code maven.mode=offline=true}. Looked up once per version and JVM, which takes under a second when nothing has to be fetched.
 */
public final class RocketMQClassPath {

    private static final String CLIENT = "rocketmq-client";
    private static final List<String> ALL = List.of("rocketmq-broker", "rocketmq-namesrv", CLIENT);
    private static final String LOCAL_REPOSITORY = "maven.repo.local";
    private static final String MODE = "maven.mode";

    // A memo of what never changes while this JVM runs; failures are not kept.
    private static final ConcurrentMap<String, List<Path>> RESOLVED = new ConcurrentHashMap<>();

    private static final double MEGABYTE = 1024 * 1024;

    private RocketMQClassPath() {}

    /**
     * The jars of name server, broker and client of this version, with all they need.
     *
     * @param notNeeded artifacts that are neither fetched nor returned; the same for every call with this version
     */
    public static List<Path> of(String version, Set<String> notNeeded) {
        return RESOLVED.computeIfAbsent(version, wanted -> resolve(wanted, ALL, notNeeded));
    }

    /** The jars of the client alone, with all it needs. */
    public static List<Path> ofClient(String version) {
        return resolve(version, List.of(CLIENT), Set.of());
    }

    private static List<Path> resolve(String version, List<String> artifacts, Set<String> notNeeded) {
        Progress progress = new Progress(version);
        try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides(progress))) {
            CollectRequest wanted = new CollectRequest().setRepositories(context.remoteRepositories());
            for (String artifact : artifacts) {
                wanted.addDependency(new Dependency(
                        new DefaultArtifact("org.apache.rocketmq", artifact, "jar", version), JavaScopes.RUNTIME));
            }
            DependencyRequest request = new DependencyRequest(
                    wanted,
                    DependencyFilterUtils.andFilter(
                            DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME),
                            new ExclusionsDependencyFilter(notNeeded)));
            List<Path> jars = context
                    .repositorySystem()
                    .resolveDependencies(context.repositorySystemSession(), request)
                    .getArtifactResults()
                    .stream()
                    .map(result -> result.getArtifact().getFile().toPath())
                    .toList();
            progress.done();
            return jars;
        } catch (DependencyResolutionException e) {
            throw new IllegalStateException(
                    "RocketMQ " + version + " is neither in the local Maven repository nor could it be fetched", e);
        }
    }

    private static ContextOverrides overrides(Progress progress) {
        ContextOverrides.Builder overrides =
                ContextOverrides.create().withUserSettings(true).transferListener(progress);
        String localRepository = System.getProperty(LOCAL_REPOSITORY);
        if (localRepository != null) {
            overrides.withLocalRepositoryOverride(Path.of(localRepository));
        }
        if ("offline=true".equals(System.getProperty(MODE))) {
            overrides.offline(true);
        }
        return overrides.build();
    }

    /** One line when the first file has to come over the network, and one that says how much it was. */
    private static final class Progress extends AbstractTransferListener {

        private final String version;
        private final AtomicInteger files = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();

        Progress(String version) {
            this.version = version;
        }

        @Override
        public void transferInitiated(TransferEvent event) {
            if (files.getAndIncrement() == 0) {
                System.err.println("Fetching RocketMQ " + version + " (once) ...");
            }
        }

        @Override
        public void transferSucceeded(TransferEvent event) {
            bytes.addAndGet(event.getTransferredBytes());
        }

        void done() {
            if (files.get() > 0) {
                System.err.printf(
                        Locale.ROOT,
                        "Fetched RocketMQ %s: %d files, %.1f MB%n",
                        version,
                        files.get(),
                        bytes.get() / MEGABYTE);
            }
        }
    }
}
