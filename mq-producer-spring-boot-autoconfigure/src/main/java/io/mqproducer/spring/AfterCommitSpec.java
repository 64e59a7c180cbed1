package io.mqproducer.spring;

import io.mqproducer.message.SendResult;
import java.util.concurrent.CompletableFuture;

/** Sends messages once the calling thread's transaction has committed. Immutable and thread-safe. */
public interface AfterCommitSpec {

    /**
     * Converts and checks the payload now, and sends it after the commit, in the order of the calls, without blocking the
     * committing thread: by a thread for that, where hooks run and the message waits for room in flight. If the transaction rolls back nothing is sent, and the future fails with kind {@code ROLLED_BACK}.
     * If the process dies between the commit and the send, the message is lost: {@link SendSpec#transactional} is for those
     * that must not be.
     *
     * @throws IllegalStateException if the calling thread is in no transaction
     * @throws MQConversionException if the payload cannot be converted
     */
    CompletableFuture<SendResult> send(Object payload);
}
