package io.mqproducer.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of templates, and what they are told by. */
public enum MQTemplateObservation implements ObservationDocumentation {

    /** A send, from the call to its outcome. */
    TEMPLATE_SEND {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultMQTemplateObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinality.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinality.values();
        }
    };

    /** Keys of few values: tags of meters and spans. */
    public enum LowCardinality implements KeyName {

        /** The name of the template's producer. */
        TEMPLATE_NAME {
            @Override
            public String asString() {
                return "mq.template.name";
            }
        },

        /** {@code rocketmq}. */
        SYSTEM {
            @Override
            public String asString() {
                return "messaging.system";
            }
        },

        /** {@code publish}. */
        OPERATION {
            @Override
            public String asString() {
                return "messaging.operation";
            }
        },

        /** The topic. */
        DESTINATION_NAME {
            @Override
            public String asString() {
                return "messaging.destination.name";
            }
        },

        /** {@code topic}. */
        DESTINATION_KIND {
            @Override
            public String asString() {
                return "messaging.destination.kind";
            }
        }
    }

    /** Keys of many values: tags of spans only. */
    public enum HighCardinality implements KeyName {

        /** The message's id, if it got one. */
        MESSAGE_ID {
            @Override
            public String asString() {
                return "messaging.message.id";
            }
        }
    }
}
