package io.mqproducer.spring.boot.autoconfigure.actuate;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * All producers.
 *
 * @param producers by the names of their beans
 */
public record MQProducersDescriptor(Map<String, MQProducerDescriptor> producers) implements OperationResponseBody {}
