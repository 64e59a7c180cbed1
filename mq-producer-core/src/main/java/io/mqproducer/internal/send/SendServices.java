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
}
