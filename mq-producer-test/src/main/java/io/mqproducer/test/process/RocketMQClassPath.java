package io.mqproducer.test.process;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

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

    private RocketMQClassPath() {}

    /** The jars of name server, broker and client of this version, with all they need. */
    public static List<Path> of(String version) {
        return RESOLVED.computeIfAbsent(version, wanted -> resolve(wanted, ALL));
    }

    /** The jars of the client alone, with all it needs. */
    public static List<Path> ofClient(String version) {
        return resolve(version, List.of(CLIENT));
    }

    private static List<Path> resolve(String version, List<String> artifacts) {
        try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides(version))) {
            CollectRequest wanted = new CollectRequest().setRepositories(context.remoteRepositories());
            for (String artifact : artifacts) {
                wanted.addDependency(new Dependency(
                        new DefaultArtifact("org.apache.rocketmq", artifact, "jar", version), JavaScopes.RUNTIME));
            }
            DependencyRequest request =
                    new DependencyRequest(wanted, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
            return context
                    .repositorySystem()
                    .resolveDependencies(context.repositorySystemSession(), request)
                    .getArtifactResults()
                    .stream()
                    .map(result -> result.getArtifact().getFile().toPath())
                    .toList();
        } catch (DependencyResolutionException e) {
            throw new IllegalStateException(
                    "RocketMQ " + version + " is neither in the local Maven repository nor could it be fetched", e);
        }
    }

    private static ContextOverrides overrides(String version) {
        ContextOverrides.Builder overrides =
                ContextOverrides.create().withUserSettings(true).transferListener(new ProgressLine(version));
        String localRepository = System.getProperty(LOCAL_REPOSITORY);
        if (localRepository != null) {
            overrides.withLocalRepositoryOverride(Path.of(localRepository));
        }
        if ("offline=true".equals(System.getProperty(MODE))) {
            overrides.offline(true);
        }
        return overrides.build();
    }

    /** One line, when the first file has to come over the network. */
    private static final class ProgressLine extends AbstractTransferListener {

        private final String version;
        private final AtomicBoolean shown = new AtomicBoolean();

        ProgressLine(String version) {
            this.version = version;
        }

        @Override
        public void transferInitiated(TransferEvent event) {
            if (shown.compareAndSet(false, true)) {
                System.err.println("Fetching RocketMQ " + version + " (once, about 100 MB) ...");
            }
        }
    }
}
