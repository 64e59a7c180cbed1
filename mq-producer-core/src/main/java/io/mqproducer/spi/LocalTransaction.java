package io.mqproducer.spi;

import io.mqproducer.message.Message;
import io.mqproducer.message.TransactionState;
import org.jspecify.annotations.Nullable;

/** What a half message stands for: the work of the application that the message tells others of. */
@FunctionalInterface
public interface LocalTransaction {

    /**
     * Does the work and says what became of it. Called once, on the calling thread, when the half message is fully
     * acknowledged. A {@code RuntimeException} does not prove that nothing was committed: nothing is said to the broker then,
     * which asks the {@link TransactionChecker} later, and the caller gets the exception.
     *
     * @param message the message as the hooks have made it
     * @return the state, null for {@link TransactionState#UNKNOWN}
     */
    @Nullable
    TransactionState execute(Message message);
}
