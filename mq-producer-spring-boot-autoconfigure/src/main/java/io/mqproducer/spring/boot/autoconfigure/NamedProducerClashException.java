package io.mqproducer.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/** An instance needs a bean name that another bean has. */
final class NamedProducerClashException extends RuntimeException {

    private final String instance;
    private final String bean;

    NamedProducerClashException(String instance, String bean, @Nullable String other) {
        super("'" + InstanceBinding.prefix(instance) + "' makes a bean '" + bean + "', but there is one of that name"
                + (other == null ? "" : ", defined in " + other));
        this.instance = instance;
        this.bean = bean;
    }

    String instance() {
        return instance;
    }

    String bean() {
        return bean;
    }
}
