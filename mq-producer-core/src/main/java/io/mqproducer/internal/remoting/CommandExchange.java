package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.message.FailureKind;
import java.util.concurrent.CompletableFuture;

/**
 * The exchange of anything but a message: route look-ups, heartbeats, unregistering. None of this is frequent. The
 * future completes on the event loop.
 */
final class CommandExchange extends Exchange {

    private final RemotingCommand request;
    private final CompletableFuture<RemotingCommand> answer = new CompletableFuture<>();

    CommandExchange(RemotingCommand request, long expiry) {
        this.request = request;
        expireAt(expiry);
    }

    CompletableFuture<RemotingCommand> answer() {
        return answer;
    }

    @Override
    protected boolean oneway() {
        return false;
    }

    @Override
    protected boolean beginWrite() {
        return !answer.isDone();
    }

    @Override
    protected void writeFrame(OutboundFrames out, int opaque, boolean oneway) {
        out.request(request, opaque);
    }

    @Override
    protected void answered(RemotingCommand response) {
        answer.complete(response);
    }

    @Override
    protected boolean stored(SendMessageResponse response, long now) {
        failed(new RemotingException(FailureKind.PROTOCOL, true, "answered as if it were a message", null));
        return false;
    }

    @Override
    protected void handedOver() {}

    @Override
    protected void failed(RemotingException failure) {
        answer.completeExceptionally(failure);
    }
}
