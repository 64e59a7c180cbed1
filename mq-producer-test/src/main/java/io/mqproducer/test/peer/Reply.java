package io.mqproducer.test.peer;

import io.mqproducer.test.peer.Delivery.Ending;
import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.RouteJson;
import io.mqproducer.test.peer.codec.Serialization;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One answer, right or wrong: a frame made from the request, what is done to its bytes, and how they are delivered.
 * Immutable; each method returns a changed copy. Unless told otherwise, an answer has the request's opaque and a JSON
 * header, as those of a 5.5.0 server have.
 */
public final class Reply implements Script {

    private final Function<Frame, Frame> answer;
    private final UnaryOperator<byte[]> wire;
    private final Delivery delivery;
    private final @Nullable Reply next;

    private Reply(Function<Frame, Frame> answer, UnaryOperator<byte[]> wire, Delivery delivery, @Nullable Reply next) {
        this.answer = answer;
        this.wire = wire;
        this.delivery = delivery;
        this.next = next;
    }

    private static Reply of(Function<Frame, Frame> answer) {
        return new Reply(answer, UnaryOperator.identity(), Delivery.ONCE, null);
    }

    /** Code 0 with these fields: name, value, name, value. */
    public static Reply success(String... fields) {
        Reply reply = code(0);
        for (int i = 0; i < fields.length; i += 2) {
            reply = reply.field(fields[i], fields[i + 1]);
        }
        return reply;
    }

    public static Reply code(int code) {
        return of(request -> Frame.response(code, request.opaque()));
    }

    public static Reply code(int code, String remark) {
        return code(code).remark(remark);
    }

    /** What a broker says when it has stored a message. */
    public static Reply sendOk(int queueId, long queueOffset) {
        return success(
                "msgId",
                offsetMessageId(10911, queueOffset),
                "queueId",
                Integer.toString(queueId),
                "queueOffset",
                Long.toString(queueOffset),
                "MSG_REGION",
                "DefaultRegion",
                "TRACE_ON",
                "true");
    }

    /** What a broker says when it has stored the message of this request, in the queue that the request names. */
    public static Reply sendOk(Request request, long queueOffset) {
        Reply reply = sendOk(Math.max(0, request.intField("e", "queueId")), queueOffset)
                .field("msgId", offsetMessageId(request.port(), queueOffset));
        String uniqueKey =
                RecordedMessage.properties(request.field("i", "properties")).get("UNIQ_KEY");
        return uniqueKey == null ? reply : reply.field("transactionId", uniqueKey);
    }

    /** A route as the body of code 0. */
    public static Reply route(RouteJson route) {
        return success().body(route.toString());
    }

    /** These bytes and no others, whatever was asked. */
    public static Reply raw(byte[] bytes) {
        byte[] copy = bytes.clone();
        return success().wire(frame -> copy.clone());
    }

    /** The bytes of this text, for peers that speak something else. */
    public static Reply raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply hex(String bytes) {
        return raw(HexFormat.of().parseHex(bytes));
    }

    /** A frame with these bytes as its header, good lengths around them and no body. */
    public static Reply header(int typeByte, byte[] header) {
        return raw(ByteBuffer.allocate(2 * Integer.BYTES + header.length)
                .putInt(Integer.BYTES + header.length)
                .putInt(typeByte << 24 | header.length)
                .put(header)
                .array());
    }

    public static Reply never() {
        return success().times(0);
    }

    /** No answer, but FIN. */
    public static Reply close() {
        return never().thenClose();
    }

    /** No answer, but RST. */
    public static Reply reset() {
        return never().thenReset();
    }

    public Reply field(String name, String value) {
        return frame(frame -> frame.withField(name, value));
    }

    public Reply withoutField(String name) {
        return frame(frame -> frame.withoutField(name));
    }

    public Reply remark(String remark) {
        return frame(frame -> frame.withRemark(remark));
    }

    public Reply body(byte[] body) {
        return frame(frame -> frame.withBody(body));
    }

    public Reply body(String body) {
        return frame(frame -> frame.withBody(body));
    }

    public Reply version(int version) {
        return frame(frame -> frame.withVersion(version));
    }

    public Reply withOpaque(int opaque) {
        return frame(frame -> frame.withOpaque(opaque));
    }

    public Reply withFlag(int flag) {
        return frame(frame -> frame.withFlag(flag));
    }

    /** With the response bit missing. */
    public Reply asRequest() {
        return withFlag(0);
    }

    /** With a header in the form called ROCKETMQ. */
    public Reply binary() {
        return frame(frame -> frame.as(Serialization.ROCKETMQ));
    }

    /** Any change of the frame as long as it stays one. */
    public Reply frame(UnaryOperator<Frame> change) {
        return new Reply(answer.andThen(change), wire, delivery, next);
    }

    /** Any change of the bytes that go out. */
    public Reply wire(UnaryOperator<byte[]> change) {
        return new Reply(answer, bytes -> change.apply(wire.apply(bytes)), delivery, next);
    }

    /** With four bytes overwritten: 0 is the place of the frame's length, 4 of the header's type and length. */
    public Reply wireInt(int position, int value) {
        return wire(bytes -> ByteBuffer.wrap(bytes).putInt(position, value).array());
    }

    /** The first bytes only. */
    public Reply truncated(int length) {
        return wire(bytes -> Arrays.copyOf(bytes, Math.min(length, bytes.length)));
    }

    public Reply after(Duration delay) {
        return deliver(delivery.withDelay(delay));
    }

    public Reply twice() {
        return times(2);
    }

    public Reply times(int times) {
        return deliver(delivery.withTimes(times));
    }

    /** Written piece by piece; nothing else is written to the connection in between. */
    public Reply inSlices(int size, Duration pause) {
        return deliver(delivery.withSlices(size, pause));
    }

    /** Written to the newest connection of another peer, which gets the ending, too. */
    public Reply onConnectionOf(ScriptedPeer peer) {
        return deliver(delivery.withOnto(peer));
    }

    /** Even if the request is oneway, which else gets no answer whatever the script says. */
    public Reply evenToOneway() {
        return deliver(delivery.withToOneway());
    }

    public Reply thenClose() {
        return deliver(delivery.withEnding(Ending.CLOSE));
    }

    public Reply thenReset() {
        return deliver(delivery.withEnding(Ending.RESET));
    }

    /** A further answer to the same request. Delays count from the request for each. */
    public Reply then(Reply further) {
        return new Reply(answer, wire, delivery, next == null ? further : next.then(further));
    }

    @Override
    public Reply reply(Request request) {
        return this;
    }

    private Reply deliver(Delivery changed) {
        return new Reply(answer, wire, changed, next);
    }

    Delivery delivery() {
        return delivery;
    }

    /** This answer and those that follow it. */
    List<Reply> parts() {
        List<Reply> parts = new ArrayList<>();
        for (Reply part = this; part != null; part = part.next) {
            parts.add(part);
        }
        return parts;
    }

    byte[] bytes(Frame request) {
        byte[] one = wire.apply(answer.apply(request).bytes());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < delivery.times(); i++) {
            all.writeBytes(one);
        }
        return all.toByteArray();
    }

    private static String offsetMessageId(int port, long offset) {
        ByteBuffer id = ByteBuffer.allocate(16).put(new byte[] {127, 0, 0, 1}).putInt(port);
        return HexFormat.of().withUpperCase().formatHex(id.putLong(offset).array());
    }
}
