package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.FrameCodec;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.internal.protocol.SerializeType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exchange that writes a small frame and remembers what came of it. */
final class TestExchange extends Exchange {

    final String name;
    final List<RemotingCommand> answers = new ArrayList<>();
    final List<SendMessageResponse> stored = new ArrayList<>();
    final List<RemotingException> failures = new ArrayList<>();
    boolean oneway;
    boolean wanted = true;
    int handedOver;
    int delivered;
    int deliveries; // of which it was the first
    int bodySize;

    @Nullable
    RuntimeException unwritable;

    Runnable onOutcome = () -> {};

    TestExchange(String name) {
        this.name = name;
        expireAt(Long.MAX_VALUE / 2 + System.nanoTime());
    }

    static TestExchange expiringAt(String name, long nanoTime) {
        TestExchange exchange = new TestExchange(name);
        exchange.expireAt(nanoTime);
        return exchange;
    }

    static TestExchange oneway(String name) {
        TestExchange exchange = new TestExchange(name);
        exchange.oneway = true;
        return exchange;
    }

    static List<String> names(List<Exchange> exchanges) {
        return exchanges.stream()
                .map(exchange -> ((TestExchange) exchange).name)
                .toList();
    }

    RemotingException failure() {
        return failures.get(0);
    }

    int outcomes() {
        return answers.size() + stored.size() + failures.size() + handedOver;
    }

    @Override
    protected boolean oneway() {
        return oneway;
    }

    @Override
    protected boolean beginWrite() {
        return wanted;
    }

    @Override
    protected void writeFrame(OutboundFrames out, int opaque, boolean oneway) {
        ByteBuf head = out.head(512, bodySize);
        int start = head.writerIndex();
        Map<String, String> fields = Map.of("name", name);
        RemotingCommand request = oneway
                ? RemotingCommand.oneway(RequestCode.HEART_BEAT, fields, new byte[0])
                : RemotingCommand.request(RequestCode.HEART_BEAT, fields, new byte[0]);
        new FrameCodec().writeFrame(request, opaque, SerializeType.JSON, head);
        head.setInt(start, head.getInt(start) + bodySize);
        if (unwritable != null) {
            throw unwritable;
        }
        if (bodySize > 0) {
            out.body(Unpooled.wrappedBuffer(new byte[bodySize]), 0, bodySize);
        }
    }

    @Override
    protected boolean stored(SendMessageResponse response, long now) {
        stored.add(response);
        onOutcome.run();
        return true;
    }

    @Override
    protected void deliver(ExchangeQueue together) {
        for (Exchange each = together.poll(); each != null; each = together.poll()) {
            ((TestExchange) each).delivered++;
        }
        deliveries++;
    }

    @Override
    protected void answered(RemotingCommand response) {
        answers.add(response);
        onOutcome.run();
    }

    @Override
    protected void handedOver() {
        handedOver++;
        onOutcome.run();
    }

    @Override
    protected void failed(RemotingException failure) {
        failures.add(failure);
        onOutcome.run();
    }

    @Override
    public String toString() {
        return name;
    }
}
