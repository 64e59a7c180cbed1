package io.mqproducer.internal.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.util.Endpoint;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S15: what a server may ask for, and how much of it. */
class ServerRequestsTest extends ConnectionFixture {

    private static final int SYSTEM_ERROR = 1;
    private static final int NOT_SUPPORTED = 3;
    private static final int CHECK = 39;
    private static final int CONSUMERS_CHANGED = 40;
    private static final int PUSH_REPLY = 326;
    private static final long SECOND = 1_000_000_000L;

    private final Endpoint broker = new Endpoint("broker", 10911);
    private final Connection connection = new Connection(broker, channel.eventLoop(), new Unheard(), null);
    private final List<RemotingCommand> handled = new ArrayList<>();
    private final List<Peer> askers = new ArrayList<>();
    private final ServerRequests requests = new ServerRequests(
            connection,
            Map.of(
                    CHECK,
                    (request, from) -> {
                        handled.add(request);
                        askers.add(from);
                    },
                    PUSH_REPLY,
                    (request, from) -> {
                        throw new IllegalStateException("secret of /home/app");
                    }));

    @BeforeEach
    void open() {
        channel.pipeline()
                .addLast(new FrameDecoder(CODEC, FrameLimits.MAX_INBOUND_FRAME), new ConnectionHandler(connection));
        connection.connected(channel, null);
    }

    @Test
    void s15_everyCodeThatNobodyIsThereForIsRefused() {
        List<Integer> codes = IntStream.concat(
                        IntStream.concat(IntStream.rangeClosed(0, 400), IntStream.rangeClosed(1000, 2100)),
                        IntStream.of(9999))
                .filter(code -> code != CHECK && code != PUSH_REPLY && code != CONSUMERS_CHANGED)
                .boxed()
                .toList();

        for (int i = 0; i < codes.size(); i++) {
            requests.take(asked(codes.get(i), i), i / 1000 * 2 * SECOND + System.nanoTime());
        }

        List<RemotingCommand> answers = sent();
        assertThat(answers).hasSameSizeAs(codes).allSatisfy(refusal -> {
            assertThat(refusal.isResponse()).isTrue();
            assertThat(refusal.code()).isEqualTo(NOT_SUPPORTED);
            assertThat(refusal.body()).isEmpty();
            assertThat(refusal.remark()).matches("request code \\d+ is not supported");
        });
        assertThat(answers.stream().map(RemotingCommand::opaque))
                .containsExactlyElementsOf(
                        IntStream.range(0, codes.size()).boxed().toList());
    }

    @Test
    void s15_anUnknownOnewayRequestAndNewsOfConsumersGetNoAnswer() {
        requests.take(RemotingCommand.oneway(RequestCode.HEART_BEAT, Map.of(), new byte[0]), System.nanoTime());
        requests.take(asked(CONSUMERS_CHANGED, 1), System.nanoTime());

        assertThat(sent()).isEmpty();
    }

    @Test
    void aRequestGoesToWhoeverIsThereForItWithTheConnectionThatItCameFrom() {
        RemotingCommand check = asked(CHECK, 7);

        requests.take(check, System.nanoTime());

        assertThat(handled).containsExactly(check);
        assertThat(askers.get(0).endpoint()).isEqualTo(broker);
        askers.get(0).answer(RemotingCommand.response(0, 7, null));
        assertThat(sent())
                .singleElement()
                .satisfies(answer -> assertThat(answer.opaque()).isEqualTo(7));
    }

    @Test
    void s15_aFailureTellsTheServerNothingOfItsCause() {
        requests.take(asked(PUSH_REPLY, 9), System.nanoTime());

        assertThat(sent()).singleElement().satisfies(answer -> {
            assertThat(answer.opaque()).isEqualTo(9);
            assertThat(answer.code()).isEqualTo(SYSTEM_ERROR);
            assertThat(answer.remark()).isEqualTo("request code 326 could not be done");
        });
    }

    @Test
    void s15_whatWeWaitForIsNeverTooMuchAndLeavesRoomForTheRest() {
        List<RemotingCommand> awaited = new ArrayList<>();
        ServerRequestHandler waiting = new ServerRequestHandler() {
            @Override
            public void handle(RemotingCommand request, Peer from) {
                awaited.add(request);
            }

            @Override
            public boolean isAwaited(RemotingCommand request) {
                return request.opaque() % 2 == 0;
            }
        };
        ServerRequests both = new ServerRequests(
                connection, Map.of(PUSH_REPLY, waiting, CHECK, (request, from) -> handled.add(request)));
        long start = System.nanoTime() + SECOND;

        for (int i = 0; i < 10_000; i++) {
            both.take(asked(PUSH_REPLY, 2 * i), start);
        }
        both.take(asked(CHECK, 1), start);
        assertThat(awaited).hasSize(10_000);
        assertThat(handled).hasSize(1);

        for (int i = 0; i < 10_000; i++) {
            both.take(asked(PUSH_REPLY, 2 * i + 1), start);
        }
        assertThat(awaited).hasSize(10_000 + ServerRequests.MOST_PER_SECOND - 1);
    }

    @Test
    void s15_whatIsMoreThanAThousandInASecondIsDropped() {
        long start = System.nanoTime() + SECOND;
        for (int i = 0; i < 100_000; i++) {
            requests.take(asked(CHECK, i), start);
        }
        assertThat(handled).hasSize(ServerRequests.MOST_PER_SECOND);

        requests.take(asked(CHECK, 0), start + SECOND);

        assertThat(handled).hasSize(ServerRequests.MOST_PER_SECOND + 1);
        assertThat(sent()).isEmpty();
    }

    @Test
    void s17_aRequestOfOursGoesOutOnTheSameConnectionAndItsAnswerComesBack() {
        requests.take(asked(CHECK, 7), System.nanoTime());

        CompletableFuture<RemotingCommand> answered = askers.get(0)
                .invoke(
                        RemotingCommand.request(RequestCode.END_TRANSACTION, Map.of(), new byte[0]),
                        Duration.ofSeconds(5));
        channel.runPendingTasks();

        RemotingCommand sent = sent().get(0);
        assertThat(sent.code()).isEqualTo(37);
        answer(sent.opaque(), SUCCESS);
        assertThat(answered).isCompletedWithValueMatching(answer -> answer.code() == SUCCESS);
    }

    @Test
    void s17_aRequestOfOursToAnEndedConnectionFailsUnwritten() {
        requests.take(asked(CHECK, 7), System.nanoTime());
        connection.shutDown();

        CompletableFuture<RemotingCommand> answered = askers.get(0)
                .invoke(
                        RemotingCommand.request(RequestCode.END_TRANSACTION, Map.of(), new byte[0]),
                        Duration.ofSeconds(5));

        assertThat(answered)
                .isCompletedExceptionally()
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .havingCause()
                .satisfies(failure ->
                        assertThat(((RemotingException) failure).written()).isFalse());
    }

    /** A request as the codec reads it. */
    private RemotingCommand asked(int code, int opaque) {
        byte[] header = ("{\"code\":" + code + ",\"flag\":0,\"opaque\":" + opaque + "}").getBytes(UTF_8);
        return CODEC.readFrame(Unpooled.buffer().writeInt(header.length).writeBytes(header));
    }
}
