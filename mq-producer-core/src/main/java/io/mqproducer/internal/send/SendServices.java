package io.mqproducer.internal.send;

import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.encoding.MessagePreparer;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.route.NameServers;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.selection.BrokerHealth;
import io.mqproducer.internal.selection.QueueSelector;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendMessageHook;
import java.util.List;

/**
 * What the sends of a running producer work with.
 *
 * @param brokers where messages go; name servers have a client of their own
 */
public record SendServices(
        ProducerConfig config,
        MessagePreparer preparer,
        NameServers nameServers,
        TopicRouteTable routes,
        QueueSelector selector,
        BrokerHealth health,
        RemotingClient brokers,
        List<SendMessageHook> hooks,
        ProducerMetrics metrics) {

    public SendServices {
        hooks = List.copyOf(hooks);
    }

    /** The same, with these hooks. */
    public SendServices withHooks(List<SendMessageHook> others) {
        return new SendServices(config, preparer, nameServers, routes, selector, health, brokers, others, metrics);
    }

    /** The same for messages of the producer's own, which neither hooks nor meters are told of. */
    public SendServices unwatched(ProducerConfig own, MessagePreparer ownPreparer) {
        return new SendServices(
                own, ownPreparer, nameServers, routes, selector, health, brokers, List.of(), ProducerMetrics.NONE);
    }
}
