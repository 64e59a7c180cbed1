package io.mqproducer.spring.boot.autoconfigure;

/** The producer refuses its settings; the cause says which one and why, naming it as the property is named. */
final class InvalidProducerSettingsException extends RuntimeException {

    private final transient ProducerGroup group;

    InvalidProducerSettingsException(ProducerGroup group, RuntimeException cause) {
        super("invalid settings of MQ producer '" + group.name() + "': " + cause.getMessage(), cause);
        this.group = group;
    }

    ProducerGroup group() {
        return group;
    }

    /** One line, without the producer's name. */
    String reason() {
        Throwable cause = getCause();
        return cause == null ? "" : String.valueOf(cause.getMessage());
    }
}
