package io.mqproducer.spring.boot.starter;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/** What Maven puts on the class path of an application on some version of Spring Boot, found by Maven's own resolver. */
final class ApplicationClassPath {

    private static final String OURS = "io.mqproducer";

    private ApplicationClassPath() {}

    /** The jars, as {@code groupId:artifactId}, of an application that has these dependencies and no others. */
    static Set<String> of(String springBootVersion, String... dependencies) throws RepositoryException {
        try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides())) {
            DefaultRepositorySystemSession session =
                    new DefaultRepositorySystemSession(context.repositorySystemSession());
            session.setWorkspaceReader(new ThisBuild());
            CollectRequest wanted = new CollectRequest()
                    .setRepositories(context.remoteRepositories())
                    .setManagedDependencies(managed(context, session, springBootVersion));
            for (String dependency : dependencies) {
                wanted.addDependency(new Dependency(new DefaultArtifact(dependency), JavaScopes.RUNTIME));
            }
            DependencyRequest request =
                    new DependencyRequest(wanted, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
            return context.repositorySystem().resolveDependencies(session, request).getArtifactResults().stream()
                    .map(result -> result.getArtifact())
                    .map(artifact -> artifact.getGroupId() + ":" + artifact.getArtifactId())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<Dependency> managed(
            Context context, DefaultRepositorySystemSession session, String springBootVersion)
            throws RepositoryException {
        Artifact bom =
                new DefaultArtifact("org.springframework.boot:spring-boot-dependencies:pom:" + springBootVersion);
        return context.repositorySystem()
                .readArtifactDescriptor(session, new ArtifactDescriptorRequest(bom, context.remoteRepositories(), null))
                .getManagedDependencies();
    }

    /** The local repository and the offline mode of the build, if its test plugin passes them on. */
    private static ContextOverrides overrides() {
        ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
        String localRepository = System.getProperty("maven.repo.local");
        if (localRepository != null) {
            overrides.withLocalRepositoryOverride(Path.of(localRepository));
        }
        return overrides
                .offline("offline=true".equals(System.getProperty("maven.mode")))
                .build();
    }

    /** The modules of this build, which are in no repository: their POM as it would be published, and their jar. */
    private static final class ThisBuild implements WorkspaceReader {

        private final WorkspaceRepository repository = new WorkspaceRepository("this-build");
        private final Path root = Path.of("").toAbsolutePath().getParent();

        @Override
        public WorkspaceRepository getRepository() {
            return repository;
        }

        @Override
        public File findArtifact(Artifact artifact) {
            if (!artifact.getGroupId().equals(OURS)) {
                return null;
            }
            String name = artifact.getArtifactId();
            Path module = name.equals("mq-producer-parent") ? root : root.resolve(name);
            Path found = artifact.getExtension().equals("pom")
                    ? pom(module)
                    : module.resolve("target").resolve(name + "-" + artifact.getVersion() + ".jar");
            return Files.exists(found) ? found.toFile() : null;
        }

        private static Path pom(Path module) {
            Path reduced = module.resolve("dependency-reduced-pom.xml");
            return Files.exists(reduced) ? reduced : module.resolve("pom.xml");
        }

        @Override
        public List<String> findVersions(Artifact artifact) {
            return List.of();
        }
    }
}
