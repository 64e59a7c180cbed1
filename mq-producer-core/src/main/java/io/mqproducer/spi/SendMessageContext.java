package io.mqproducer.spi;

import io.mqproducer.exception.Attempt;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import java.util.List;
import java.util.Map;

/** One send as its hooks see it. Valid for as long as the send lives; used by one thread at a time. */
public interface SendMessageContext {

    /** The producer's name: what its builder was told, else its group. */
    String producer();

    /** The producer group, without namespace. */
    String group();

    SendMode mode();

    SendOptions options();

    /** The message as the hooks before this one have made it; the one that is sent, once all have run. */
    Message message();

    /** The message's id; empty until {@code beforeSend} is over. */
    String msgId();

    /** The attempts that are over, in order. */
    List<Attempt> attempts();

    /** A map of this send's own, for hooks to carry something from one call to the next; made on first use. */
    Map<String, Object> attributes();
}
