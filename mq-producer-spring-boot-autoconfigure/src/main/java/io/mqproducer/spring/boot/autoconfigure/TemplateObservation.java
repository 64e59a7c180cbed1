package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;

/** Observes what templates send, if their settings ask for it; provided by whatever library can. */
public interface TemplateObservation {

    /**
     * A producer that observes what is sent with it.
     *
     * @param name the name of the template's producer
     * @param producer the one that sends
     * @return the producer to send with; the given one if there is nobody to tell of observations
     */
    MQProducer observed(String name, MQProducer producer);
}
