package io.mqproducer.spring.boot.autoconfigure;

/** A producer refuses its settings; the cause says which one and why, naming it as the property is named. */
final class InvalidProducerSettingsException extends RuntimeException {

    private final transient ConfiguredProducer producer;

    InvalidProducerSettingsException(ConfiguredProducer producer, RuntimeException cause) {
        super(
                "invalid settings of MQ producer '" + producer.name() + "' (" + producer.prefix() + "): "
                        + cause.getMessage(),
                cause);
        this.producer = producer;
    }

    ConfiguredProducer producer() {
        return producer;
    }

    /** One line, without the producer's name. */
    String reason() {
        Throwable cause = getCause();
        return cause == null ? "" : String.valueOf(cause.getMessage());
    }
}
