package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.IoThreads;
import io.mqproducer.MQProducer;
import io.mqproducer.MQProducerBuilder;
import io.mqproducer.config.Credentials;
import io.mqproducer.config.SslOptions;
import io.mqproducer.spi.CredentialsProvider;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.spring.boot.autoconfigure.QualifiedBeans.Chosen;
import io.mqproducer.spring.boot.autoconfigure.properties.AclSettings;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ssl.SslBundle;

/** Makes the primary producer, the instances and those that the application asks for: the one place where it is done. */
final class DefaultMQProducerFactory implements MQProducerFactory, SmartInitializingSingleton, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DefaultMQProducerFactory.class);

    private static final List<Class<?>> SERVING = List.of(
            SendMessageHook.class,
            TransactionChecker.class,
            CredentialsProvider.class,
            MQProducerBuilderCustomizer.class);

    static final String BEAN = "mqProducerFactory";

    private final ConfiguredProducers producers;
    private final MQConnectionDetails details;
    private final SslBundleLookup bundles;
    private final ConfigurableListableBeanFactory beanFactory;
    private final QualifiedBeans beans;
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private final Set<MQProducer> made = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    DefaultMQProducerFactory(
            ConfiguredProducers producers,
            MQConnectionDetails details,
            SslBundleLookup bundles,
            ConfigurableListableBeanFactory beanFactory) {
        this.producers = producers;
        this.details = details;
        this.bundles = bundles;
        this.beanFactory = beanFactory;
        this.beans = new QualifiedBeans(beanFactory);
    }

    @Override
    public MQProducer create(String name, Consumer<MQProducerBuilder> customizer) {
        Objects.requireNonNull(customizer, "customizer");
        ConfiguredProducer producer = producers.named(Objects.requireNonNull(name, "name"));
        served.addAll(producer.qualifiers());
        MQProducerBuilder builder = checked(producer, () -> builder(producer));
        beans.all(MQProducerBuilderCustomizer.class, producer.qualifiers())
                .forEach(each -> each.customize(producer.name(), builder));
        customizer.accept(builder);
        MQProducer created = checked(producer, builder::build);
        made.add(created);
        return created;
    }

    private static <T> T checked(ConfiguredProducer producer, Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new InvalidProducerSettingsException(producer, e);
        }
    }

    /** The builder with all that the context knows about this producer. */
    private MQProducerBuilder builder(ConfiguredProducer producer) {
        MQConnectionDetails told = detailsFor(producer);
        Chosen<CredentialsProvider> chosen = beans.one(CredentialsProvider.class, producer.qualifiers());
        boolean forItAlone = chosen != null && chosen.qualified();
        AclSettings acl = forItAlone && producer.inheritsKeys() ? new AclSettings() : keys(producer, told);
        MQProducerBuilder builder = ProducerSettingsMapper.toBuilder(
                        producer.group().name(), producer.settings(), acl)
                .name(producer.name());
        if (chosen != null && (forItAlone || !producer.ownKeys())) {
            builder.credentials(chosen.bean());
        }
        List<String> nameServers = told == null ? null : told.getNameServers();
        if (nameServers != null && !nameServers.isEmpty()) {
            builder.nameServers(nameServers.toArray(String[]::new));
        }
        SslOptions ssl = ssl(producer, told);
        if (ssl != null) {
            builder.ssl(ssl);
        }
        if (sharesThreads(producer)) {
            builder.ioThreads(sharedThreads());
        }
        beans.all(SendMessageHook.class, producer.qualifiers()).forEach(builder::hook);
        beans.all(TransactionChecker.class, producer.qualifiers()).forEach(builder::transactionChecker);
        return builder;
    }

    /** What the application's own details say about it, if they are for it. */
    private @Nullable MQConnectionDetails detailsFor(ConfiguredProducer producer) {
        return producer.ownNameServers() || details instanceof PropertiesMQConnectionDetails ? null : details;
    }

    private static AclSettings keys(ConfiguredProducer producer, @Nullable MQConnectionDetails told) {
        Credentials credentials = told == null || producer.ownKeys() ? null : told.getCredentials();
        if (credentials == null) {
            return producer.settings().getAcl();
        }
        AclSettings keys = new AclSettings();
        keys.setAccessKey(credentials.accessKey());
        keys.setSecretKey(credentials.secretKey());
        keys.setSecurityToken(credentials.securityToken().orElse(null));
        return keys;
    }

    private @Nullable SslOptions ssl(ConfiguredProducer producer, @Nullable MQConnectionDetails told) {
        SslBundle bundle = told == null ? null : told.getSslBundle();
        return bundle == null
                ? SslSettingsMapper.toOptions(producer.settings().getSsl(), bundles)
                : SslSettingsMapper.ofBundle(producer.settings().getSsl(), () -> bundle);
    }

    /** A producer that is alone has threads of its own, which bear its name and end when it is stopped. */
    private boolean sharesThreads(ConfiguredProducer producer) {
        return !producer.isPrimary() || beanFactory.getBeanNamesForType(MQProducer.class, true, false).length > 1;
    }

    /** They end after this factory, which ends what still runs on them. */
    private IoThreads sharedThreads() {
        for (String name : beanFactory.getBeanNamesForType(IoThreads.class, true, false)) {
            beanFactory.registerDependentBean(name, BEAN);
        }
        return beanFactory.getBean(IoThreads.class);
    }

    /** By now all beans are made, so what serves no producer has a name that is wrong. */
    @Override
    public void afterSingletonsInstantiated() {
        for (Class<?> type : SERVING) {
            beans.qualifiers(type).forEach((bean, qualifier) -> {
                if (!served.contains(qualifier) && !producers.qualifiers().contains(qualifier)) {
                    log.warn(
                            "{} bean '{}' has @Qualifier(\"{}\") and so serves no MQ producer: there are {}",
                            type.getSimpleName(),
                            bean,
                            qualifier,
                            new TreeSet<>(producers.qualifiers()));
                }
            });
        }
    }

    /** Closes what the application has made and forgotten; beans have been closed before. */
    @Override
    public void destroy() {
        List.copyOf(made).forEach(MQProducer::close);
    }
}
