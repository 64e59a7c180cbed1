package io.mqproducer.recording;

import io.mqproducer.message.Message;
import io.mqproducer.message.TransactionState;

/**
 * A transaction that has ended.
 *
 * @param message the half message
 * @param state how it ended; {@code UNKNOWN} if that is left to the checker
 */
public record RecordedTransaction(Message message, TransactionState state) {}
