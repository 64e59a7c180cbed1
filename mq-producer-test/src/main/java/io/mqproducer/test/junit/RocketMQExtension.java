package io.mqproducer.test.junit;

import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.EmbeddedRocketMQBuilder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a RocketMQ: {@code @RegisterExtension static final RocketMQExtension rocketMQ = ...}.
 *
 * <p>{@link #of} starts a cluster before the class and ends it after. {@link #shared()} stands for one default cluster
 * of the whole run, which all classes that ask for it share; it ends when the run ends, so take topics of your own.
 */
public final class RocketMQExtension implements BeforeAllCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(RocketMQExtension.class);

    private final boolean shared;
    private final EmbeddedRocketMQBuilder builder;
    private @Nullable EmbeddedRocketMQ cluster;

    private RocketMQExtension(boolean shared, EmbeddedRocketMQBuilder builder) {
        this.shared = shared;
        this.builder = builder;
    }

    /** A cluster for this class alone. */
    public static RocketMQExtension of(EmbeddedRocketMQBuilder builder) {
        return new RocketMQExtension(false, builder);
    }

    /** The cluster of the run: one name server, one broker, topics made as they are asked for. */
    public static RocketMQExtension shared() {
        return new RocketMQExtension(true, EmbeddedRocketMQ.builder());
    }

    /** The cluster; only while tests of the class run. */
    public EmbeddedRocketMQ cluster() {
        EmbeddedRocketMQ started = cluster;
        if (started == null) {
            throw new IllegalStateException("Only while tests of the class run");
        }
        return started;
    }

    /** For {@code name-servers} of a producer. */
    public String nameServerAddresses() {
        return cluster().nameServerAddresses();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = shared ? sharedCluster(context.getRoot()) : builder.start();
    }

    @SuppressWarnings("deprecation") // what replaces it is not in the JUnit of Spring Boot 3.5
    private EmbeddedRocketMQ sharedCluster(ExtensionContext root) {
        Shared started = root.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, key -> new Shared(builder.start()), Shared.class);
        return Objects.requireNonNull(started).cluster();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        EmbeddedRocketMQ started = cluster;
        cluster = null;
        if (started != null && !shared) {
            started.close();
        }
    }

    /** Closed by JUnit at the end of the run. */
    @SuppressWarnings("deprecation") // before 5.13 JUnit closes nothing else
    private record Shared(EmbeddedRocketMQ cluster) implements ExtensionContext.Store.CloseableResource, AutoCloseable {

        @Override
        public void close() {
            cluster.close();
        }
    }
}
