package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.SerializeType;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest extends ConnectionFixture {

    private final Pool pool = new Pool();
    private final Connection connection =
            new Connection(new Endpoint("broker", 10911), channel.eventLoop(), pool, null);

    ConnectionTest() {
        channel.pipeline()
                .addLast(new FrameDecoder(CODEC, FrameLimits.MAX_INBOUND_FRAME), new ConnectionHandler(connection));
    }

    // ---- opening

    @Test
    void writesWhatWaitedInOrderBehindTheGreeting() {
        pool.greeting = new TestExchange("greeting");
        submit("a", "b");
        assertThat(sent()).isEmpty();

        connection.connected(channel, null);

        assertThat(names(sent())).containsExactly("greeting", "a", "b");
    }

    @Test
    void whatWaitsFailsUnwrittenIfThereIsNoConnection() {
        TestExchange a = submit("a");

        connection.connectFailed(FailureKind.CONNECT_FAILED, "refused", null);

        assertFailed(a, FailureKind.CONNECT_FAILED, false, "refused");
        assertThat(pool.events).containsExactly("retired failed", "ended");
        assertThat(connection.submit(new TestExchange("b"))).isFalse();
    }

    @Test
    void f21_givesUpAfterTheConnectTimeout() {
        TestExchange a = submit("a");

        connection.connectOverdue(Duration.ofMillis(300));
        connection.connectOverdue(Duration.ofMillis(300));

        assertFailed(a, FailureKind.CONNECT_FAILED, false, "no connection in 300 ms");
        assertThat(pool.events).containsExactly("retired failed", "ended");
    }

    @Test
    void closesAChannelThatOpensTooLate() {
        connection.connectOverdue(Duration.ofMillis(300));

        connection.connected(channel, null);

        assertThat(channel.isOpen()).isFalse();
        assertThat(pool.events).containsExactly("retired failed", "ended");
    }

    @Test
    void theConnectTimeoutDoesNothingToAnOpenConnection() {
        connection.connected(channel, null);

        connection.connectOverdue(Duration.ofMillis(300));

        assertThat(channel.isOpen()).isTrue();
        assertThat(pool.events).containsExactly("opened");
    }

    // ---- answers

    @Test
    void pairsAnswersWhateverTheirOrder() {
        connection.connected(channel, null);
        TestExchange a = submit("a");
        TestExchange b = submit("b");
        List<RemotingCommand> sent = sent();

        answer(sent.get(1).opaque(), SUCCESS);
        answer(sent.get(0).opaque(), SUCCESS);

        assertThat(a.answers)
                .singleElement()
                .extracting(RemotingCommand::opaque)
                .isEqualTo(sent.get(0).opaque());
        assertThat(b.answers)
                .singleElement()
                .extracting(RemotingCommand::opaque)
                .isEqualTo(sent.get(1).opaque());
        assertThat(pool.events).as("proven by the first answer").containsExactly("opened", "proven");
    }

    @Test
    void f30_f31_answersThatNobodyWaitsForAreOnlyCounted() {
        connection.connected(channel, null);
        TestExchange a = submit("a");
        int opaque = sent().get(0).opaque();

        answer(opaque + 1, SUCCESS);
        answer(opaque, SUCCESS);
        answer(opaque, SUCCESS);

        assertThat(a.outcomes()).isOne();
        assertThat(pool.events).containsExactly("opened", "unmatched", "proven", "unmatched");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void f32_theAnswerAfterTheTimeoutIsOnlyCounted() {
        connection.connected(channel, null);
        TestExchange late = submit(TestExchange.expiringAt("late", System.nanoTime()));
        TestExchange inTime = submit("in time");
        int opaque = sent().get(0).opaque();

        scan();
        answer(opaque, SUCCESS);

        assertFailed(late, FailureKind.TIMEOUT, true, "no answer");
        assertThat(late.answers).isEmpty();
        assertThat(inTime.outcomes()).isZero();
        assertThat(pool.events).containsExactly("opened", "unmatched");
    }

    @Test
    void whatIsLateBeforeItIsWrittenFailsUnwritten() {
        TestExchange late = submit(TestExchange.expiringAt("late", System.nanoTime()));
        TestExchange inTime = submit("in time");

        scan();
        connection.connected(channel, null);

        assertFailed(late, FailureKind.TIMEOUT, false, "connection not open yet");
        assertThat(names(sent())).containsExactly("in time");
        assertThat(inTime.outcomes()).isZero();
    }

    @Test
    void whatTheSocketDoesNotTakeWaitsAndMayBeLateUnwritten() {
        connection.connected(channel, null);
        takesMore(false);
        TestExchange late = submit(TestExchange.expiringAt("late", System.nanoTime()));
        TestExchange inTime = submit("in time");
        assertThat(sent()).isEmpty();

        scan();
        takesMore(true);

        assertFailed(late, FailureKind.TIMEOUT, false, "not written yet");
        assertThat(names(sent())).containsExactly("in time");
        assertThat(inTime.outcomes()).isZero();
    }

    // ---- writing

    @Test
    void neverWritesWhatNobodyWantsAnyMore() {
        TestExchange cancelled = new TestExchange("cancelled");
        cancelled.wanted = false;
        submit("a");
        submit(cancelled);
        submit("b");

        connection.connected(channel, null);

        assertThat(names(sent())).containsExactly("a", "b");
        assertFailed(cancelled, FailureKind.CANCELLED, false, "cancelled before it was written");
    }

    @Test
    void whatCannotBeEncodedFailsAloneAndUnwritten() {
        TestExchange broken = new TestExchange("broken");
        broken.unwritable = new IllegalStateException("codec");
        submit("a");
        submit(broken);
        submit("b");

        connection.connected(channel, null);

        assertThat(names(sent())).containsExactly("a", "b");
        assertFailed(broken, FailureKind.PROTOCOL, false, "request could not be encoded");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200, 20_000, 40_000, 100_000})
    void aFrameIsNeverSplitByAnotherWhereverTheSocketBecomesFull(int highWaterMark) {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, highWaterMark));
        for (int i = 0; i < 20; i++) {
            TestExchange exchange = new TestExchange("e" + i);
            exchange.bodySize = i % 2 == 0 ? OutboundFrames.COPY_LIMIT + 1 : 10;
            submit(exchange);
        }

        connection.connected(channel, null);

        List<RemotingCommand> sent = sent();
        assertThat(names(sent)).hasSize(20).startsWith("e0", "e1", "e2").endsWith("e18", "e19");
    }

    @Test
    void f86_aOnewayRequestIsDoneWhenItIsWritten() {
        connection.connected(channel, null);

        TestExchange oneway = submit(TestExchange.oneway("oneway"));

        assertThat(names(sent())).containsExactly("oneway");
        assertThat(oneway.handedOver).isOne();
        assertThat(oneway.outcomes()).isOne();
    }

    @Test
    void f86_anAnswerToAOnewayRequestIsUnmatched() {
        connection.connected(channel, null);
        TestExchange oneway = submit(TestExchange.oneway("oneway"));

        answer(sent().get(0).opaque(), SUCCESS);

        assertThat(oneway.outcomes()).isOne();
        assertThat(pool.events).containsExactly("opened", "unmatched");
    }

    // ---- the end

    @Test
    void f16_aLostConnectionTellsTheWrittenFromTheUnwritten() {
        connection.connected(channel, null);
        TestExchange written = submit("written");
        takesMore(false);
        TestExchange unwritten = submit("unwritten");
        TestExchange inInbox = new TestExchange("in the inbox");
        connection.submit(inInbox);

        channel.close();

        assertFailed(written, FailureKind.CONNECTION_LOST, true, "connection closed");
        assertFailed(unwritten, FailureKind.CONNECTION_LOST, false, "connection closed");
        assertFailed(inInbox, FailureKind.CONNECTION_LOST, false, "connection closed");
        assertThat(pool.events).containsExactly("opened", "retired failed", "ended");
    }

    @Test
    void f36_aBrokenFrameEndsTheConnectionAndSaysSo() {
        connection.connected(channel, null);
        TestExchange a = submit("a");

        channel.writeInbound(Unpooled.buffer().writeInt(-5));

        assertFailed(a, FailureKind.CONNECTION_LOST, true, "PROTOCOL frame length -5 is not between 4 and 4194304");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void f36_answersBehindABrokenFrameCountForNothing() {
        connection.connected(channel, null);
        TestExchange a = submit("a");
        ByteBuf bytes = Unpooled.buffer().writeInt(8).writeLong(-1);
        CODEC.writeFrame(
                RemotingCommand.response(SUCCESS, 0, "ok"), sent().get(0).opaque(), SerializeType.JSON, bytes);

        channel.writeInbound(bytes);

        assertThat(a.answers).isEmpty();
        assertThat(a.failure().written()).isTrue();
    }

    @Test
    void f27_afterGoAwayWhatIsInFlightMayBeAnsweredAndNothingNewIsTaken() {
        connection.connected(channel, null);
        TestExchange first = submit("first");
        TestExchange second = submit("second");
        List<RemotingCommand> sent = sent();
        takesMore(false);
        TestExchange unwritten = submit("unwritten");

        answer(sent.get(0).opaque(), GO_AWAY);
        assertThat(first.answers).hasSize(1);
        assertFailed(unwritten, FailureKind.CONNECTION_LOST, false, "server goes away");
        assertThat(connection.submit(new TestExchange("new"))).isFalse();
        assertThat(channel.isOpen()).isTrue();

        answer(sent.get(1).opaque(), SUCCESS);
        assertThat(second.answers).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(pool.events).containsExactly("opened", "proven", "retired", "ended");
    }

    @Test
    void f27_aConnectionThatGoesAwayIsClosedWhenTheLastHasTimedOut() {
        connection.connected(channel, null);
        submit("first");
        TestExchange late = submit(TestExchange.expiringAt("late", System.nanoTime()));
        answer(sent().get(0).opaque(), GO_AWAY);

        scan();

        assertFailed(late, FailureKind.TIMEOUT, true, "no answer");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void f27_oneThatFailsMayBeSubmittedAgainElsewhereAtOnce() {
        connection.connected(channel, null);
        TestExchange a = submit("a");
        TestExchange again = new TestExchange("again");
        List<Boolean> taken = new ArrayList<>();
        a.onOutcome = () -> taken.add(connection.submit(again));

        channel.close();

        assertThat(taken).as("by a connection that is over").containsExactly(false);
        assertThat(again.outcomes()).isZero();
    }

    @Test
    void anIdleConnectionIsClosedUnlessSomethingIsInFlight() {
        connection.connected(channel, null);
        submit("a");
        int opaque = sent().get(0).opaque();

        channel.pipeline().fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);
        assertThat(channel.isOpen()).isTrue();
        answer(opaque, SUCCESS);
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);

        assertThat(channel.isOpen()).isFalse();
        assertThat(pool.events).containsExactly("opened", "proven", "retired", "ended");
    }

    @Test
    void theEndOfTheProducerEndsWhatIsInFlight() {
        connection.connected(channel, null);
        TestExchange written = submit("written");
        takesMore(false);
        TestExchange unwritten = submit("unwritten");

        connection.shutDown();

        assertFailed(written, FailureKind.CLOSED, true, "producer is closed");
        assertFailed(unwritten, FailureKind.CLOSED, false, "producer is closed");
        assertThat(channel.isOpen()).isFalse();
    }

    // ---- requests of the server's

    @Test
    void aRequestOfTheServersIsHandedOnAndAnsweredByWhoeverWantsTo() {
        connection.connected(channel, null);
        ByteBuf frame = Unpooled.buffer();
        CODEC.writeFrame(
                RemotingCommand.request(RequestCode.HEART_BEAT, Map.of(), new byte[0]), 42, SerializeType.JSON, frame);

        channel.writeInbound(frame);

        assertThat(pool.events).containsExactly("opened", "requested 34");
        assertThat(sent()).isEmpty();
        connection.answer(RemotingCommand.response(0, 42, null));
        assertThat(sent()).singleElement().satisfies(answer -> {
            assertThat(answer.isResponse()).isTrue();
            assertThat(answer.opaque()).isEqualTo(42);
        });
    }

    @Test
    void noAnswerIsWrittenToAConnectionThatIsOver() {
        connection.connected(channel, null);
        connection.close(null);

        connection.answer(RemotingCommand.response(0, 42, null));

        assertThat(sent()).isEmpty();
    }

    // ---- delivery

    @Test
    void deliversOnceAndTogetherWhatOneReadSaysIsStored() {
        TestExchange a = new TestExchange("a");
        TestExchange b = new TestExchange("b");
        connection.connected(channel, null);
        submit(a);
        submit(b);
        List<RemotingCommand> sent = sent();

        channel.writeInbound(Unpooled.wrappedBuffer(
                stored(sent.get(0).opaque()), stored(sent.get(1).opaque())));

        assertThat(List.of(a, b)).allSatisfy(exchange -> {
            assertThat(exchange.stored).hasSize(1);
            assertThat(exchange.delivered).isOne();
        });
        assertThat(a.deliveries).isOne();
        assertThat(b.deliveries).isZero();
    }

    /** The answer of a broker that has stored a message. */
    private static ByteBuf stored(int opaque) {
        byte[] header = ("{\"code\":0,\"extFields\":{\"queueId\":\"0\",\"msgId\":\"7F0000010000A9F500000000000001F4\","
                        + "\"queueOffset\":\"7\"},\"flag\":1,\"opaque\":" + opaque + "}")
                .getBytes(StandardCharsets.US_ASCII);
        return Unpooled.buffer()
                .writeInt(Integer.BYTES + header.length)
                .writeInt(header.length)
                .writeBytes(header);
    }

    // ---- parts

    private TestExchange submit(String... names) {
        TestExchange last = new TestExchange("none");
        for (String name : names) {
            last = submit(new TestExchange(name));
        }
        return last;
    }

    private TestExchange submit(TestExchange exchange) {
        assertThat(connection.submit(exchange)).isTrue();
        channel.runPendingTasks();
        return exchange;
    }

    private void takesMore(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    private static void assertFailed(TestExchange exchange, FailureKind kind, boolean written, String text) {
        assertThat(exchange.outcomes()).as("outcomes of " + exchange).isOne();
        assertThat(exchange.failure().kind()).isEqualTo(kind);
        assertThat(exchange.failure().written()).as("written").isEqualTo(written);
        assertThat(exchange.failure()).hasMessage(text);
    }

    /** Remembers what a connection tells. */
    private static final class Pool implements ConnectionListener {

        private final List<String> events = new ArrayList<>();
        private @Nullable Exchange greeting;

        @Override
        public @Nullable Exchange opened(Connection connection) {
            events.add("opened");
            return greeting;
        }

        @Override
        public void proven(Connection connection) {
            events.add("proven");
        }

        @Override
        public void introduced(Connection connection, int version) {}

        @Override
        public void retired(Connection connection, boolean failed) {
            events.add(failed ? "retired failed" : "retired");
        }

        @Override
        public void ended(Connection connection) {
            events.add("ended");
        }

        @Override
        public void unmatched(Connection connection) {
            events.add("unmatched");
        }

        @Override
        public void requested(Connection connection, RemotingCommand request) {
            events.add("requested " + request.code());
        }
    }
}
