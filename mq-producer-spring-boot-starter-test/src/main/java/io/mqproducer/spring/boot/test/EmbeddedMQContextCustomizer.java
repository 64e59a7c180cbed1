package io.mqproducer.spring.boot.test;

import io.mqproducer.spring.boot.autoconfigure.MQConnectionDetails;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.RocketMQVersion;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Puts a RocketMQ into a test's context. A record, because Spring keeps contexts by what has customized them.
 *
 * @param version see {@link EmbeddedMQ}, as all others
 */
record EmbeddedMQContextCustomizer(RocketMQVersion version, int brokers, List<String> topics, int queues)
        implements ContextCustomizer {

    private static final String CLUSTER = "embeddedRocketMQ";
    private static final String DETAILS = "embeddedMQConnectionDetails";

    static EmbeddedMQContextCustomizer of(EmbeddedMQ wanted) {
        return new EmbeddedMQContextCustomizer(
                wanted.version(), wanted.brokers(), List.of(wanted.topics()), wanted.queues());
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        EmbeddedRocketMQ cluster = SharedClusters.get(version, brokers);
        topics.forEach(topic -> cluster.createTopic(topic, queues));
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        beans.registerSingleton(CLUSTER, cluster);
        beans.registerSingleton(DETAILS, new EmbeddedMQConnectionDetails(cluster.nameServerAddresses()));
    }

    /** Where that RocketMQ is. */
    private record EmbeddedMQConnectionDetails(String nameServers) implements MQConnectionDetails {

        @Override
        public List<String> getNameServers() {
            return List.of(nameServers);
        }
    }
}
