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
    private final int port;
    private final SendAnswer sendAnswer;
    private final HeaderNumber codeField = new HeaderNumber("code");
    private final HeaderNumber flagField = new HeaderNumber("flag");
    private final HeaderNumber opaqueField = new HeaderNumber("opaque");
    private final HeaderNumber queueIdField = new HeaderNumber("e");
    private @Nullable ByteBuf out;
    private @Nullable SendAnswer batchAnswer;
    private int untilSample;
    private int untilBatchSample;

    StubConnection(Shapes shapes, byte[] route, int port) {
        this.shapes = shapes;
        this.route = route;
        this.port = port;
        this.sendAnswer = new SendAnswer(port, 1, true);
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
        if (sends && isSample(code)) {
            shapes.add(ByteBufUtil.getBytes(in, start, end - start));
        }
        if ((flag & ONEWAY) != 0) {
            return;
        }
        if (sends) {
            int queueId = json
                    ? queueIdField.first(in, header, headerEnd, -1)
                    : BinaryHeader.digit(in, header, headerEnd, 'e');
            SendAnswer answer = code == SEND_BATCH_MESSAGE ? batchAnswer(in, header, headerEnd, end) : sendAnswer;
            answer.append(out(context), queueId, opaque);
        } else {
            Frame answer = Frame.response(0, opaque);
            out(context).writeBytes((code == GET_ROUTEINFO_BY_TOPIC ? answer.withBody(route) : answer).bytes());
        }
    }

    /** The first of each kind, and then one in so many. */
    private boolean isSample(int code) {
        if (code == SEND_BATCH_MESSAGE) {
            untilBatchSample = untilBatchSample == 0 ? SAMPLED - 1 : untilBatchSample - 1;
            return untilBatchSample == SAMPLED - 1;
        }
        untilSample = untilSample == 0 ? SAMPLED - 1 : untilSample - 1;
        return untilSample == SAMPLED - 1;
    }

    /** All batches of a load are alike. */
    private SendAnswer batchAnswer(ByteBuf in, int header, int headerEnd, int end) {
        int records = BatchRequest.records(in, headerEnd, end);
        boolean hasId = BatchRequest.hasId(in, header, headerEnd);
        SendAnswer known = batchAnswer;
        if (known == null || !known.isFor(records, hasId)) {
            known = new SendAnswer(port, records, hasId);
            batchAnswer = known;
        }
        return known;
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
