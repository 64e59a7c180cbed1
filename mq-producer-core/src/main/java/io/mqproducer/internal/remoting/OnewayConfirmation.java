package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.SendMessageResponse;

/**
 * Waits for the answer to a one-way message that was written as a request to be answered, in the in-flight table beside
 * the message itself, of which it decides nothing.
 */
final class OnewayConfirmation extends Exchange {

    private final OnewayWindow window;
    private final long count;

    /** @param count how many messages are confirmed by the answer: this one and those before it on the connection */
    OnewayConfirmation(OnewayWindow window, long count, long expiry) {
        this.window = window;
        this.count = count;
        expireAt(expiry);
    }

    @Override
    protected boolean oneway() {
        return false;
    }

    @Override
    protected boolean beginWrite() {
        return true;
    }

    @Override
    protected void writeFrame(OutboundFrames out, int opaque, boolean oneway) {
        throw new UnsupportedOperationException("the message is written, not its confirmation");
    }

    @Override
    protected void answered(RemotingCommand response) {
        window.confirm(count);
        window.note(response);
    }

    @Override
    protected boolean stored(SendMessageResponse response, long now) {
        window.confirm(count);
        return false;
    }

    @Override
    protected void handedOver() {}

    @Override
    protected void failed(RemotingException failure) {
        window.confirm(count);
    }
}
