package io.mqproducer.internal.admin;

import io.mqproducer.internal.encoding.MessageViewDecoder;
import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.route.TopicRouteTable;

/** All that brokers can be asked besides storing messages. */
public record BrokerAdmin(TopicCreation topics, QueueOffsets offsets, MessageLookup messages, MessageRecall recall) {

    /**
     * For one producer.
     *
     * @param brokers the connections that messages are sent over
     * @param lookups connections of their own for answers with messages in them: one that is too long must not cost those
     *     that are in flight theirs
     * @param group the producer group, without namespace
     */
    public static BrokerAdmin of(
            RemotingClient brokers,
            RemotingClient lookups,
            TopicRouteTable routes,
            Namespace namespace,
            String group,
            MessageViewDecoder decoder,
            MessageRecall.Watch recalls) {
        BrokerRequests requests = new BrokerRequests(brokers, routes, namespace);
        return new BrokerAdmin(
                new TopicCreation(requests),
                new QueueOffsets(requests),
                new MessageLookup(new BrokerRequests(lookups, routes, namespace), decoder),
                new MessageRecall(requests, group, recalls));
    }
}
