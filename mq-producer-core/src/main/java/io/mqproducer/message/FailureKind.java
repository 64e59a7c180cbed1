package io.mqproducer.message;

/** Why a send failed; whether the message may be stored all the same is told by the exception's type. */
public enum FailureKind {
    /** The message breaks a rule; nothing was sent. */
    INVALID_MESSAGE,
    /** No queue to write to is known for the topic. */
    NO_ROUTE,
    /** No name server answered. */
    NAME_SERVER_UNAVAILABLE,
    /** No connection to the broker could be opened. */
    CONNECT_FAILED,
    /** The TLS handshake failed. */
    TLS_FAILED,
    /** The connection ended while the send was in flight. */
    CONNECTION_LOST,
    /** No answer came in time. */
    TIMEOUT,
    /** The broker answered with an error code. */
    BROKER_REJECTED,
    /** The answer could not be understood. */
    PROTOCOL,
    /** The limit of messages or bytes in flight was reached. */
    BUFFER_FULL,
    /** This process lacks a resource, such as direct memory or credentials. */
    RESOURCE,
    /** The caller's queue selector failed. */
    SELECTOR,
    /** A {@code SendMessageHook} refused the message. */
    HOOK,
    /** The producer is stopping, stopped or closed. */
    CLOSED,
    /** The sending thread was interrupted. */
    INTERRUPTED,
    /** The caller completed or cancelled the future that the send had returned. */
    CANCELLED,
    /** The request of a request/reply pair is stored, but no reply came. */
    REPLY_TIMEOUT,
    /** The half message is stored, but commit or rollback was not confirmed. */
    TX_UNCONFIRMED,
    /** The surrounding transaction was rolled back, so the message was not sent. */
    ROLLED_BACK
}
