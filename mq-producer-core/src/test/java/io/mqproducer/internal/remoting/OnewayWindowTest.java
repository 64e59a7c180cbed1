package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One-way requests on a connection whose server takes its time. */
class OnewayWindowTest extends ConnectionFixture {

    private static final int SYSTEM_BUSY = 2;
    private static final int HALF = OnewayWindow.QUESTION_EVERY;
    private static final int FULL = OnewayWindow.SIZE;
    private static final Endpoint BROKER = new Endpoint("broker", 10911);

    private final List<String> events = new ArrayList<>();

    @Test
    void theFirstAreOnewayAndOneInHalfAWindowIsToBeAnswered() {
        Connection connection = open(OnewayWindow.PATIENCE);
        submit(connection, oneways(FULL));

        List<RemotingCommand> sent = sent();

        assertThat(sent).hasSize(FULL);
        assertThat(IntStream.range(0, FULL).filter(i -> !sent.get(i).isOneway()).boxed())
                .containsExactly(HALF - 1, FULL - 1);
        assertThat(sent).extracting(RemotingCommand::opaque).doesNotHaveDuplicates();
    }

    @Test
    void f86_theOneThatIsToBeAnsweredIsDoneWhenItIsWrittenToo() {
        Connection connection = open(OnewayWindow.PATIENCE);

        List<TestExchange> oneways = submit(connection, oneways(HALF));

        assertThat(oneways).allSatisfy(oneway -> assertThat(oneway.handedOver).isOne());
        answer(sent().get(HALF - 1).opaque(), SUCCESS);
        assertThat(oneways)
                .allSatisfy(
                        oneway -> assertThat(oneway.outcomes()).as("outcomes").isOne());
        assertThat(events).as("the answer is awaited").containsExactly("proven");
    }

    @ParameterizedTest
    @ValueSource(ints = {SUCCESS, SYSTEM_BUSY})
    void whatFindsNoPlaceIsWrittenInOrderOnceAnAnswerHasComeWhateverItSays(int code) {
        Connection connection = open(OnewayWindow.PATIENCE);
        List<TestExchange> oneways = submit(connection, oneways(FULL + HALF + 1));
        List<RemotingCommand> sent = sent();
        assertThat(names(sent)).hasSize(FULL).endsWith("oneway " + (FULL - 1));
        assertThat(oneways.get(FULL).outcomes())
                .as("outcomes of one that waits")
                .isZero();

        answer(sent.get(HALF - 1).opaque(), code);

        assertThat(names(sent())).isEqualTo(names(oneways, FULL, FULL + HALF));
        answer(sent.get(FULL - 1).opaque(), code);
        assertThat(names(sent())).isEqualTo(names(oneways, FULL + HALF, FULL + HALF + 1));
        assertThat(oneways).allSatisfy(oneway -> assertThat(oneway.handedOver).isOne());
    }

    @Test
    void theLaterAnswerConfirmsForTheEarlier() {
        Connection connection = open(OnewayWindow.PATIENCE);
        submit(connection, oneways(2 * FULL));
        List<RemotingCommand> sent = sent();

        answer(sent.get(FULL - 1).opaque(), SUCCESS);
        assertThat(sent()).hasSize(FULL);
        answer(sent.get(HALF - 1).opaque(), SUCCESS);

        assertThat(sent()).isEmpty();
    }

    @Test
    void whatIsAnsweredDoesNotWaitBehindThem() {
        Connection connection = open(OnewayWindow.PATIENCE);
        submit(connection, oneways(FULL + 1));
        List<RemotingCommand> sent = sent();
        TestExchange request = new TestExchange("request");

        submit(connection, List.of(request));
        submit(connection, List.of(TestExchange.oneway("last")));

        List<RemotingCommand> overtaking = sent();
        assertThat(names(overtaking)).containsExactly("request");
        answer(overtaking.get(0).opaque(), SUCCESS);
        assertThat(request.answers).hasSize(1);
        assertThat(sent()).isEmpty();
        answer(sent.get(HALF - 1).opaque(), SUCCESS);
        assertThat(names(sent())).containsExactly("oneway " + FULL, "last");
    }

    @Test
    void aQuestionThatIsNotAnsweredInTimeMakesRoom() {
        Connection connection = open(Duration.ZERO);
        List<TestExchange> oneways = submit(connection, oneways(FULL + 1));
        List<RemotingCommand> sent = sent();
        assertThat(sent).hasSize(FULL);

        scan();

        assertThat(names(sent())).containsExactly("oneway " + FULL);
        assertThat(channel.isOpen()).isTrue();
        answer(sent.get(HALF - 1).opaque(), SUCCESS);
        assertThat(events).containsExactly("unmatched");
        assertThat(oneways).allSatisfy(oneway -> assertThat(oneway.outcomes()).isOne());
    }

    @Test
    void oneThatWaitsForRoomMayBeLateUnwritten() {
        Connection connection = open(OnewayWindow.PATIENCE);
        submit(connection, oneways(FULL));
        TestExchange late = TestExchange.expiringAt("late", System.nanoTime());
        late.oneway = true;
        submit(connection, List.of(late, TestExchange.oneway("in time")));
        List<RemotingCommand> sent = sent();

        scan();
        answer(sent.get(HALF - 1).opaque(), SUCCESS);

        assertThat(late.outcomes()).isOne();
        assertThat(late.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(late.failure().written()).isFalse();
        assertThat(names(sent())).containsExactly("in time");
    }

    @Test
    void whatCannotBeEncodedOrIsNotWantedTakesNoPlaceAndAsksNothing() {
        Connection connection = open(OnewayWindow.PATIENCE);
        submit(connection, oneways(HALF - 1));
        TestExchange broken = TestExchange.oneway("broken");
        broken.unwritable = new IllegalStateException("codec");
        TestExchange cancelled = TestExchange.oneway("cancelled");
        cancelled.wanted = false;
        sent();

        submit(connection, List.of(broken, cancelled, TestExchange.oneway("asks")));

        assertThat(broken.failure().kind()).isEqualTo(FailureKind.PROTOCOL);
        assertThat(broken.outcomes()).isOne();
        assertThat(cancelled.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(sent()).singleElement().satisfies(asks -> {
            assertThat(asks.string("name")).isEqualTo("asks");
            assertThat(asks.isOneway()).isFalse();
        });
    }

    @Test
    void f16_whatWaitsForRoomFailsUnwrittenWhenTheConnectionEnds() {
        Connection connection = open(OnewayWindow.PATIENCE);
        List<TestExchange> oneways = submit(connection, oneways(FULL + 1));

        channel.close();

        assertThat(oneways).allSatisfy(oneway -> assertThat(oneway.outcomes()).isOne());
        assertThat(oneways.get(FULL).failure().kind()).isEqualTo(FailureKind.CONNECTION_LOST);
        assertThat(oneways.get(FULL).failure().written()).isFalse();
        assertThat(events).containsExactly("retired", "ended");
    }

    @Test
    void f27_aServerThatGoesAwayInAnAnswerToAQuestionIsLeftWhenTheLastIsAnswered() {
        Connection connection = open(OnewayWindow.PATIENCE);
        List<TestExchange> oneways = submit(connection, oneways(FULL + 1));
        List<RemotingCommand> sent = sent();

        answer(sent.get(HALF - 1).opaque(), GO_AWAY);

        assertThat(oneways.get(FULL).failure()).hasMessage("server goes away");
        assertThat(channel.isOpen()).isTrue();
        answer(sent.get(FULL - 1).opaque(), SUCCESS);
        assertThat(channel.isOpen()).isFalse();
    }

    // ---- parts

    private Connection open(Duration patience) {
        Connection connection =
                new Connection(BROKER, channel.eventLoop(), new Pool(), new OnewayWindow(BROKER, patience), null);
        channel.pipeline()
                .addLast(new FrameDecoder(CODEC, FrameLimits.MAX_INBOUND_FRAME), new ConnectionHandler(connection));
        connection.connected(channel, null);
        return connection;
    }

    private static List<TestExchange> oneways(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestExchange.oneway("oneway " + i))
                .toList();
    }

    private List<TestExchange> submit(Connection connection, List<TestExchange> exchanges) {
        exchanges.forEach(exchange -> assertThat(connection.submit(exchange)).isTrue());
        channel.runPendingTasks();
        return exchanges;
    }

    private static List<@Nullable String> names(List<TestExchange> exchanges, int from, int to) {
        List<@Nullable String> names = new ArrayList<>();
        exchanges.subList(from, to).forEach(exchange -> names.add(exchange.name));
        return names;
    }

    /** Remembers what a connection tells. */
    private final class Pool implements ConnectionListener {

        @Override
        public @Nullable Exchange opened(Connection connection) {
            return null;
        }

        @Override
        public void proven(Connection connection) {
            events.add("proven");
        }

        @Override
        public void introduced(Connection connection, int version) {}

        @Override
        public void retired(Connection connection, boolean failed) {
            events.add("retired");
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
            events.add("requested");
        }
    }
}
