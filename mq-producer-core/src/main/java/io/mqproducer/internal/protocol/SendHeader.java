package io.mqproducer.internal.protocol;

import java.util.Map;

/**
 * What the headers of all sends to one queue have in common.
 *
 * @param producerGroup with its namespace, as {@code topic}
 * @param defaultTopic the topic after whose pattern a missing one is created
 * @param defaultTopicQueueNums how many queues it is then given
 * @param unitMode whether a topic that is created on demand is one of a unit
 * @param extraFields fields of every request, such as {@code nsd} and {@code ns}; the broker ignores those it does not know
 */
public record SendHeader(
        String producerGroup,
        String topic,
        String defaultTopic,
        int defaultTopicQueueNums,
        int queueId,
        String brokerName,
        boolean unitMode,
        Map<String, String> extraFields) {

    public SendHeader {
        extraFields = Map.copyOf(extraFields);
    }
}
