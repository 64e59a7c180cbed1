package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.FrameCodec;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.SerializeType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The server's side of a connection, for tests; sees to it that every buffer is released. */
abstract class ConnectionFixture {

    static final int SUCCESS = 0;
    static final int GO_AWAY = 1500;
    static final FrameCodec CODEC = new FrameCodec();

    final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void i7_everyBufferIsReleased() {
        channel.finishAndReleaseAll();
    }

    /** Answers a request. */
    void answer(int opaque, int code) {
        ByteBuf frame = Unpooled.buffer();
        CODEC.writeFrame(RemotingCommand.response(code, opaque, "remark"), opaque, SerializeType.JSON, frame);
        channel.writeInbound(frame);
    }

    /** Lets the time pass until the connection looks at what is late. */
    void scan() {
        channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    /** What was written since the last call. */
    List<RemotingCommand> sent() {
        ByteBuf bytes = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            bytes.writeBytes(part);
            part.release();
        }
        List<RemotingCommand> all = new ArrayList<>();
        while (bytes.isReadable()) {
            all.add(CODEC.readFrame(bytes.readSlice(bytes.readInt())));
        }
        return all;
    }

    static List<@Nullable String> names(List<RemotingCommand> commands) {
        return commands.stream().map(command -> command.string("name")).toList();
    }
}
