package io.mqproducer.spring.boot.autoconfigure.properties;

/** How messages of an ordering key keep their order. */
public class OrderingSettings {

    /** Whether messages of an ordering key wait for the one before them. Otherwise, they only share its queue. */
    private boolean strict = true;

    public boolean isStrict() {
        return strict;
    }

    public void setStrict(boolean strict) {
        this.strict = strict;
    }
}
