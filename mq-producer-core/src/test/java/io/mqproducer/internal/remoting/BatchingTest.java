package io.mqproducer.internal.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a connection writes together, when, and who gets what of the answer. */
class BatchingTest extends ConnectionFixture {

    private static final int SIZE = 10;
    private static final int MAX_SIZE = 100;
    private static final int MAX_TOTAL_SIZE = 1_000;
    private static final long FOREVER = TimeUnit.DAYS.toNanos(1);

    private final List<Member> delivered = new ArrayList<>();
    private final Connection connection = new Connection(
            new Endpoint("broker", 10911),
            channel.eventLoop(),
            new Unheard(),
            new BatchLimits(MAX_SIZE, MAX_TOTAL_SIZE, FOREVER));

    @Test
    void m8_whatComesWhenNothingIsUnderWayGoesOutAtOnceAndAlone() {
        open();

        Member alone = submit("alone");
        run();

        assertThat(requests()).containsExactly("alone");
        answerStored(alone.opaqueWritten);
        assertThat(alone.outcomes()).isOne();
        assertThat(alone.place).as("a message by itself is no batch").isEqualTo(-1);
    }

    @Test
    void m8_whatComesInOneTurnGoesOutTogether() {
        open();

        List<Member> three = submit("a", "b", "c");
        run();

        assertThat(requests()).containsExactly("a+b+c");
        assertThat(three).extracting(member -> member.place).containsExactly(0, 1, 2);
        answerStored(three.get(0).opaqueWritten);
        assertThat(three).allSatisfy(member -> assertThat(member.stored).hasSize(1));
        assertThat(delivered).as("all together, in their order").containsExactlyElementsOf(three);
    }

    @Test
    void m8_whileAsManyAreUnansweredAsTheWindowHoldsTheOthersWait() {
        open();
        List<Member> first = fillWindow();

        submit("x", "y");
        run();
        submit("z");
        run();
        assertThat(requests()).as("the broker is busy").isEmpty();

        answerStored(first.get(0).opaqueWritten);
        run();
        assertThat(requests()).containsExactly("x+y+z");
    }

    @Test
    void m8_noneWaitsLongerThanTheMaximumDelay() {
        ExchangeQueue ready = new ExchangeQueue();
        BatchGathering gathering =
                new BatchGathering(new BatchLimits(MAX_SIZE, MAX_TOTAL_SIZE, 50), new ExchangeQueue());
        for (int i = 0; i < BatchGathering.WINDOW; i++) {
            gathering.add(new Member("first", "t" + i, SIZE), 0);
        }
        gathering.release(ready, 0);
        ready.drain(batch -> {});

        gathering.add(new Member("late", "t", SIZE), 1_000);
        gathering.add(new Member("later", "u", SIZE), 1_001);
        gathering.release(ready, 1_049);
        assertThat(ready.isEmpty()).isTrue();
        gathering.release(ready, 1_050);
        assertThat(((GatheredBatch) ready.poll()).size()).isOne();
        assertThat(ready.isEmpty()).as("the later one has a little time left").isTrue();
    }

    @Test
    void m8_aFullBatchIsWrittenHoweverBusyTheBrokerIs() {
        open();
        List<Member> first = fillWindow();

        submit(IntStream.range(0, 11).mapToObj(Integer::toString).toArray(String[]::new));
        run();

        assertThat(requests()).containsExactly("0+1+2+3+4+5+6+7+8+9");
        first.forEach(member -> answerStored(member.opaqueWritten));
        run();
        assertThat(requests()).containsExactly("10");
    }

    @Test
    void m8_beyondTheTotalSizeNothingWaits() {
        open();
        fillWindow();

        for (int topic = 0; topic < MAX_TOTAL_SIZE / SIZE + 1; topic++) {
            submit(new Member("m" + topic, "topic" + topic, SIZE));
        }
        run();

        assertThat(requests()).as("the oldest, until the rest fits").containsExactly("m0");
    }

    @Test
    void m10_onlyWhatHasTheSameKeyGoesTogether() {
        open();

        Member one = new Member("one", "left", SIZE);
        Member other = new Member("other", "right", SIZE);
        Member third = new Member("third", "left", SIZE);
        Member lonely = new Member("lonely", null, SIZE);
        Member huge = new Member("huge", "left", MAX_SIZE + 1);
        submit(one, other, third, lonely, huge);
        run();

        assertThat(requests()).containsExactlyInAnyOrder("lonely", "huge", "one+third", "other");
    }

    @Test
    void m11_anErrorIsToldToEachOnce() {
        open();
        List<Member> two = submit("a", "b");
        run();

        answer(two.get(0).opaqueWritten, ResponseCode.SYSTEM_ERROR.code());

        assertThat(two).allSatisfy(member -> {
            assertThat(member.answers)
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.code()).isEqualTo(1));
            assertThat(member.outcomes()).isOne();
        });
    }

    @Test
    void anAnswerThatCannotBeReadIsTheFailureOfEach() {
        open();
        List<Member> two = submit("a", "b");
        run();

        answer(two.get(0).opaqueWritten, ResponseCode.SUCCESS.code()); // without the fields of a stored message

        assertThat(two).allSatisfy(member -> assertThat(member.answers).hasSize(1));
    }

    @Test
    void i2_eachKeepsItsOwnTime() {
        open();
        Member hasty = new Member("hasty", "t", SIZE);
        hasty.expireIn(Duration.ofMillis(5));
        Member patient = new Member("patient", "t", SIZE);
        submit(hasty, patient);
        run();
        assertThat(requests()).containsExactly("hasty+patient");

        awaitExpiry(hasty);
        scan();
        assertThat(hasty.failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.written()).isTrue());
        assertThat(patient.outcomes()).isZero();

        answerStored(patient.opaqueWritten);
        assertThat(patient.outcomes()).isOne();
        assertThat(patient.place).as("its place is that of the request").isEqualTo(1);
        assertThat(hasty.outcomes()).isOne();
    }

    @Test
    void i2_oneThatWaitsForCompanyKeepsItsTimeToo() {
        open();
        List<Member> first = fillWindow();
        Member hasty = new Member("hasty", "t", SIZE);
        hasty.expireIn(Duration.ofMillis(5));
        Member patient = new Member("patient", "t", SIZE);
        submit(hasty, patient);
        run();

        awaitExpiry(hasty);
        scan();
        assertThat(hasty.failures).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(failure.written()).isFalse();
        });
        answerStored(first.get(0).opaqueWritten);
        run();
        assertThat(requests()).containsExactly("patient");
    }

    @Test
    void oneThatIsNotWantedAnyMoreIsLeftOut() {
        open();
        Member cancelled = new Member("cancelled", "t", SIZE);
        cancelled.wanted = false;
        Member wanted = new Member("wanted", "t", SIZE);
        submit(cancelled, wanted);
        run();

        assertThat(requests()).containsExactly("wanted");
        assertThat(cancelled.failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED));
    }

    @Test
    void aBatchNobodyWantsTakesNoPlaceInTheWindow() {
        open();
        for (int i = 0; i < BatchGathering.WINDOW; i++) {
            Member cancelled = new Member("cancelled", "t" + i, SIZE);
            cancelled.wanted = false;
            submit(cancelled);
            run();
        }

        submit("next");
        run();

        assertThat(requests()).containsExactly("next");
    }

    @Test
    void whenTheConnectionEndsEachFailsByWhetherItWasWritten() {
        open();
        List<Member> written = fillWindow();
        List<Member> waiting = submit("x", "y");
        run();

        channel.close();

        assertThat(written)
                .allSatisfy(member -> assertThat(member.failures)
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.written()).isTrue()));
        assertThat(waiting)
                .allSatisfy(member -> assertThat(member.failures)
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.written()).isFalse()));
    }

    @Test
    void whatCameBeforeTheConnectionWasOpenGoesOutTogether() {
        submit("a");
        run();
        submit("b", "c");
        run();

        open();

        assertThat(requests()).containsExactly("a+b+c");
    }

    @Test
    void oneThatCannotCopeWithItsFailureDoesNotKeepTheOthersFromTheirs() {
        open();
        Member broken = new Member("broken", "t", SIZE);
        broken.throwing = true;
        Member other = new Member("other", "t", SIZE);
        submit(broken, other);
        run();

        channel.close();

        assertThat(other.failures).hasSize(1);
    }

    // ----

    private void open() {
        channel.pipeline()
                .addLast(new FrameDecoder(CODEC, FrameLimits.MAX_INBOUND_FRAME), new ConnectionHandler(connection));
        connection.connected(channel, null);
    }

    /** So many requests that the next ones wait. */
    private List<Member> fillWindow() {
        List<Member> first = new ArrayList<>();
        for (int i = 0; i < BatchGathering.WINDOW; i++) {
            first.add(submit("first" + i));
            run();
        }
        assertThat(requests()).hasSize(BatchGathering.WINDOW);
        return first;
    }

    private Member submit(String name) {
        return submit(new String[] {name}).get(0);
    }

    private List<Member> submit(String... names) {
        List<Member> members = Arrays.stream(names)
                .map(name -> new Member(name, "topic", SIZE))
                .toList();
        submit(members.toArray(Member[]::new));
        return members;
    }

    private void submit(Member... members) {
        for (Member member : members) {
            assertThat(connection.submit(member)).isTrue();
        }
    }

    private void run() {
        channel.runPendingTasks();
    }

    private static void awaitExpiry(Member member) {
        while (member.expiry() - System.nanoTime() > 0) {
            Thread.onSpinWait();
        }
    }

    private List<String> requests() {
        return sent().stream()
                .map(command -> String.valueOf(command.string("name")))
                .toList();
    }

    private void answerStored(int opaque) {
        byte[] header = ("{\"code\":0,\"extFields\":{\"msgId\":\"a,b\",\"queueId\":\"1\",\"queueOffset\":\"7\"},"
                        + "\"flag\":1,\"opaque\":" + opaque + "}")
                .getBytes(UTF_8);
        channel.writeInbound(Unpooled.buffer()
                .writeInt(Integer.BYTES + header.length)
                .writeInt(header.length)
                .writeBytes(header));
    }

    /** Writes its name, or those of all that it leads. */
    private final class Member extends BatchableExchange {

        private final String name;
        private final @Nullable String key;
        private final int size;
        private final List<SendMessageResponse> stored = new ArrayList<>();
        private final List<RemotingCommand> answers = new ArrayList<>();
        private final List<RemotingException> failures = new ArrayList<>();
        private boolean wanted = true;
        private boolean throwing;
        private int place = -1;
        private int opaqueWritten;

        Member(String name, @Nullable String key, int size) {
            this.name = name;
            this.key = key;
            this.size = size;
            expireAt(System.nanoTime() + FOREVER);
        }

        void expireIn(Duration time) {
            expireAt(System.nanoTime() + time.toNanos());
        }

        int outcomes() {
            return stored.size() + answers.size() + failures.size();
        }

        @Override
        protected @Nullable Object batchKey() {
            return key;
        }

        @Override
        protected int batchSize() {
            return size;
        }

        @Override
        protected void joinBatch(BatchableExchange first, int placeInBatch) {
            place = placeInBatch;
        }

        @Override
        protected void writeBatch(OutboundFrames out, int opaque, List<BatchableExchange> members) {
            members.forEach(member -> ((Member) member).opaqueWritten = opaque);
            write(
                    out,
                    opaque,
                    String.join(
                            "+",
                            members.stream()
                                    .map(member -> ((Member) member).name)
                                    .toList()));
        }

        @Override
        protected void writeFrame(OutboundFrames out, int opaque, boolean oneway) {
            opaqueWritten = opaque;
            write(out, opaque, name);
        }

        private void write(OutboundFrames out, int opaque, String text) {
            TestExchange frame = new TestExchange(text);
            frame.writeFrame(out, opaque, false);
        }

        @Override
        protected boolean storedAs(int code, SendMessageResponse response, long now) {
            stored.add(response);
            return true;
        }

        @Override
        protected boolean stored(SendMessageResponse response, long now) {
            return storedAs(ResponseCode.SUCCESS.code(), response, now);
        }

        @Override
        protected void deliver(ExchangeQueue together) {
            for (Exchange each = together.poll(); each != null; each = together.poll()) {
                delivered.add((Member) each);
            }
        }

        @Override
        protected boolean oneway() {
            return false;
        }

        @Override
        protected boolean beginWrite() {
            return wanted;
        }

        @Override
        protected void answered(RemotingCommand response) {
            answers.add(response);
        }

        @Override
        protected void handedOver() {}

        @Override
        protected void failed(RemotingException failure) {
            failures.add(failure);
            if (throwing) {
                throw new IllegalStateException("cannot cope");
            }
        }
    }
}
