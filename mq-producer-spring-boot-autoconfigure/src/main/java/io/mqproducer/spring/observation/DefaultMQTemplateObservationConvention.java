package io.mqproducer.spring.observation;

import io.micrometer.common.KeyValues;
import io.mqproducer.spring.observation.MQTemplateObservation.HighCardinality;
import io.mqproducer.spring.observation.MQTemplateObservation.LowCardinality;

/** The names and tags of {@link MQTemplateObservation}. Meant to be extended by applications that want some of their own. */
public class DefaultMQTemplateObservationConvention implements MQTemplateObservationConvention {

    @Override
    public KeyValues getLowCardinalityKeyValues(MQMessageSenderContext context) {
        return KeyValues.of(
                LowCardinality.TEMPLATE_NAME.withValue(context.getTemplateName()),
                LowCardinality.SYSTEM.withValue("rocketmq"),
                LowCardinality.OPERATION.withValue("publish"),
                LowCardinality.DESTINATION_NAME.withValue(context.getTopic()),
                LowCardinality.DESTINATION_KIND.withValue("topic"));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(MQMessageSenderContext context) {
        String msgId = context.getMsgId();
        return msgId == null ? KeyValues.empty() : KeyValues.of(HighCardinality.MESSAGE_ID.withValue(msgId));
    }

    @Override
    public String getContextualName(MQMessageSenderContext context) {
        return context.getTopic() + " send";
    }
}
