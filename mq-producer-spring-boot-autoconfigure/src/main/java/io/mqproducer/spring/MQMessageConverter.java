package io.mqproducer.spring;

/** Turns payloads into message bodies. One instance serves all sending threads. */
@FunctionalInterface
public interface MQMessageConverter {

    /**
     * The body of a message with this payload.
     *
     * @throws MQConversionException if the payload cannot be converted
     */
    byte[] toBody(Object payload);
}
