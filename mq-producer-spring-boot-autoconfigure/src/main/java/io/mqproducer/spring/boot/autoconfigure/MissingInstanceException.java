package io.mqproducer.spring.boot.autoconfigure;

/** There are beans for an instance, made ahead of time, and no properties for it. */
final class MissingInstanceException extends RuntimeException {

    private final String instance;

    MissingInstanceException(String instance) {
        super("the application was built with the MQ producer '" + instance + "', and nothing is set below '"
                + InstanceBinding.prefix(instance) + "'");
        this.instance = instance;
    }

    String instance() {
        return instance;
    }
}
