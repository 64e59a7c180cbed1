package io.mqproducer.internal.protocol;

/** The form of a frame's header. Every frame says which it has; an answer need not have that of its request. */
public enum SerializeType {
    JSON(0),
    ROCKETMQ(1);

    private final int code;

    SerializeType(int code) {
        this.code = code;
    }

    /** The value in the first byte of a frame's header word. */
    public int code() {
        return code;
    }
}
