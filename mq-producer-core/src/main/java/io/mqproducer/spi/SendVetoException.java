package io.mqproducer.spi;

/** Thrown by {@link SendMessageHook#beforeSend} to refuse a message. */
public final class SendVetoException extends RuntimeException {

    public SendVetoException(String reason) {
        super(reason);
    }

    public SendVetoException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
