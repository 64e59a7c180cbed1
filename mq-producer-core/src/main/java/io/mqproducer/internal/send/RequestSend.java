package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The send of a request, which is not over with the broker's answer. Who waits for the reply is told of that answer directly,
 * wherever it comes in; hooks and meters are told on the callback executor, as of any asynchronous send.
 */
public final class RequestSend extends AsyncSend {

    private final SendGate gate;
    private final Consumer<RequestSend> settled;

    /** @param settled told once, by any thread, when the outcome of the send is there, unless it was {@link #abandon abandoned} */
    RequestSend(
            MessageSender sender,
            Message message,
            SendOptions options,
            MessageRole role,
            SendGate gate,
            Consumer<RequestSend> settled) {
        super(sender, message, options, SendMode.REQUEST, role);
        this.gate = gate;
        this.settled = settled;
    }

    @Override
    @Nullable
    SendGate gate() {
        return gate;
    }

    @Override
    boolean isDeliveredTogether() {
        return false; // nobody is to wait for it until all others are read
    }

    @Override
    void deliver() {
        settled.accept(this);
        super.deliver();
    }

    @Override
    void complete() {
        // the reply completes the request
    }

    @Override
    void completeExceptionally(MQProducerException failure) {
        // who waits for the reply makes an exception of its own
    }

    /** Takes the message in, and makes the first attempt. */
    public void start() {
        begin();
    }

    /**
     * Ends the send for its caller, who waits no longer; if the outcome is decided already, that stays. Either way it is there
     * when this returns.
     */
    public void giveUp(FailureKind kind, String detail) {
        if (abandon(kind, detail)) {
            sender.callbacks().execute(this::conclude);
            return;
        }
        while (!isSettled()) {
            Thread.onSpinWait(); // whoever has decided it is about to say so
        }
    }

    /** Whether a send whose outcome is there failed. */
    public boolean hasFailed() {
        return isFailed();
    }

    /** The failure of a send whose outcome is there, as an exception of the calling thread's; null if it is stored. */
    public @Nullable MQProducerException failure() {
        return failureNow();
    }

    /** The broker's answer to a send that did not fail. */
    public SendResult stored() {
        return result();
    }

    /** The topic, as the hooks have left it. */
    public String topic() {
        return message().topic();
    }
}
