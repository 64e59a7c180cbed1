package io.mqproducer.test.peer.codec;

/** The two forms of a frame's header. */
public enum Serialization {
    JSON(0),
    ROCKETMQ(1);

    private final int typeByte;

    Serialization(int typeByte) {
        this.typeByte = typeByte;
    }

    int typeByte() {
        return typeByte;
    }

    static Serialization of(int typeByte) {
        for (Serialization each : values()) {
            if (each.typeByte == typeByte) {
                return each;
            }
        }
        throw new IllegalArgumentException("serialization type " + typeByte);
    }
}
