package io.mqproducer.internal.send;

import io.mqproducer.message.Message;
import io.mqproducer.spi.SendMessageContext;

/** What {@link SendHooks} look into: a send, or one message of a batch. */
interface HookedSend extends SendMessageContext {

    /** A hook has made another message of it. */
    void replaceMessage(Message changed);

    /** The hooks are about to see it; from now on they are told how it ends. */
    void noteSeenByHooks();
}
