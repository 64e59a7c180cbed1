package io.mqproducer.message;

/** What became of the local transaction that a half message belongs to. */
public enum TransactionState {
    /** It committed: the message becomes visible. */
    COMMIT,
    /** It was rolled back: the message is dropped. */
    ROLLBACK,
    /** Not known yet: the broker asks again later. */
    UNKNOWN
}
