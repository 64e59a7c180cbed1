package io.mqproducer.benchmarks.stub;

import io.mqproducer.benchmarks.wire.FrameCutter;
import io.mqproducer.benchmarks.wire.HeaderNumber;
import io.mqproducer.test.peer.codec.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers each request of one connection at once, in JSON whatever the request is in, as a 5.5.0 server does; all that a
 * read brought is answered with one write. Belongs to the connection's event loop.
 */
final class StubConnection extends FrameCutter {

    private static final int JSON = 0;
    private static final int ONEWAY = 2;
    private static final int SEND_MESSAGE = 10;
    private static final int SEND_MESSAGE_V2 = 310;
    private static final int SEND_BATCH_MESSAGE = 320;
    private static final int GET_ROUTEINFO_BY_TOPIC = 105;

    /** A prime: it meets each topic and body of a client that sends them in turn. */
    private static final int SAMPLED = 997;

    private static final int OUT = 1 << 16;

    private final Shapes shapes;
    private final byte[] route;
    private final SendAnswer sendAnswer;
    private final HeaderNumber codeField = new HeaderNumber("code");
    private final HeaderNumber flagField = new HeaderNumber("flag");
    private final HeaderNumber opaqueField = new HeaderNumber("opaque");
    private final HeaderNumber queueIdField = new HeaderNumber("e");
    private @Nullable ByteBuf out;
    private int untilSample;

    StubConnection(Shapes shapes, byte[] route, int port) {
        this.shapes = shapes;
        this.route = route;
        this.sendAnswer = new SendAnswer(port);
    }

    @Override
    protected void frame(ChannelHandlerContext context, ByteBuf in, int start, int end) {
        int header = start + PREFIX;
        int headerEnd = headerEnd(in, start);
        boolean json = in.getByte(start + Integer.BYTES) == JSON;
        int code = json ? codeField.first(in, header, headerEnd, 0) : BinaryHeader.code(in, header);
        int flag = json ? flagField.last(in, header, headerEnd, 0) : BinaryHeader.flag(in, header);
        int opaque = json ? opaqueField.last(in, header, headerEnd, 0) : BinaryHeader.opaque(in, header);
        boolean sends = code == SEND_MESSAGE_V2 || code == SEND_MESSAGE || code == SEND_BATCH_MESSAGE;
        if (sends && untilSample-- == 0) {
            untilSample = SAMPLED - 1;
            shapes.add(ByteBufUtil.getBytes(in, start, end - start));
        }
        if ((flag & ONEWAY) != 0) {
            return;
        }
        if (sends) {
            int queueId = json
                    ? queueIdField.first(in, header, headerEnd, -1)
                    : BinaryHeader.digit(in, header, headerEnd, 'e');
            sendAnswer.append(out(context), queueId, opaque);
        } else {
            Frame answer = Frame.response(0, opaque);
            out(context).writeBytes((code == GET_ROUTEINFO_BY_TOPIC ? answer.withBody(route) : answer).bytes());
        }
    }

    private ByteBuf out(ChannelHandlerContext context) {
        if (out == null) {
            out = context.alloc().directBuffer(OUT);
        }
        return out;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (out != null) {
            context.writeAndFlush(out, context.voidPromise());
            out = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        super.handlerRemoved(context);
        if (out != null) {
            out.release();
            out = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) { // the client is gone
            shapes.addBroken(cause);
        }
        context.close();
    }
}
