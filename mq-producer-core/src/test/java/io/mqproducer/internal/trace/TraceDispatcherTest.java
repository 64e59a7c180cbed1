package io.mqproducer.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mqproducer.Eventually;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.internal.Threads;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendCallback;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceDispatcherTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Queue<Message> sent = new ConcurrentLinkedQueue<>();
    private final Queue<SendCallback> callbacks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger dropped = new AtomicInteger();
    private final LogCapture log = new LogCapture(TraceDispatcher.class);
    private CountDownLatch held = new CountDownLatch(0);
    private TraceDispatcher dispatcher = dispatcher(LONG);

    private TraceDispatcher dispatcher(Duration patience) {
        return new TraceDispatcher("test", "traces", 10, patience, this::send, new ProducerMetrics() {
            @Override
            public void traceDropped(int traces) {
                dropped.addAndGet(traces);
            }
        });
    }

    private void send(Message message, SendCallback callback) {
        sent.add(message);
        callbacks.add(callback);
        boolean interrupted = false;
        while (held.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        held.countDown();
        dispatcher.close();
        log.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("mq-producer-test-trace"));
    }

    private void add(int from, int to) {
        for (int i = from; i < to; i++) {
            dispatcher.add(new TraceRecord("Pub" + i, "id" + i, List.of("key" + i % 2)));
        }
    }

    private void awaitSent(int count) {
        Eventually.await(count + " messages", Duration.ofSeconds(5), () -> sent.size() >= count);
    }

    private static String text(Message message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }

    @Test
    void v2_asManyAsMakeAMessageAreSentAtOnceWithTheKeysOfAll() {
        add(0, 25);

        awaitSent(2);
        assertThat(sent).extracting(Message::topic).containsOnly("traces");
        assertThat(text(sent.element()))
                .isEqualTo("Pub0\u0002Pub1\u0002Pub2\u0002Pub3\u0002Pub4\u0002Pub5\u0002"
                        + "Pub6\u0002Pub7\u0002Pub8\u0002Pub9\u0002");
        assertThat(sent.element().keys())
                .containsExactly("id0", "key0", "id1", "key1", "id2", "id3", "id4", "id5", "id6", "id7", "id8", "id9");
        assertThat(sent).as("the last five wait").hasSize(2);
    }

    @Test
    void v2_fewerAreSentWhenTheFirstHasWaitedLongEnough() {
        dispatcher = dispatcher(Duration.ofMillis(50));
        add(0, 3);

        awaitSent(1);
        assertThat(text(sent.element())).isEqualTo("Pub0\u0002Pub1\u0002Pub2\u0002");
    }

    @Test
    void v2_allAreSentAtOnceInTheEnd() throws Exception {
        add(0, 13);
        dispatcher.hurry();
        awaitSent(2);
        add(13, 15);
        awaitSent(3);

        add(15, 16);
        dispatcher.drain(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));

        assertThat(String.join("", sent.stream().map(TraceDispatcherTest::text).toList()))
                .endsWith("Pub15\u0002")
                .hasSize("Pub0\u0002".length() * 10 + "Pub10\u0002".length() * 6);
        assertThat(dropped).hasValue(0);
    }

    @Test
    void v2_drainsAtOnceWhatNeverHadAnythingToDo() throws Exception {
        dispatcher.hurry();
        dispatcher.drain(System.nanoTime() + LONG.toNanos());

        add(0, 1);
        dispatcher.drain(System.nanoTime() + LONG.toNanos());
        dispatcher.drain(System.nanoTime() + LONG.toNanos());
        assertThat(sent).hasSize(1);
    }

    @Test
    void v2_whatComesWhenTheQueueIsFullIsDroppedCountedAndSaidOnce() {
        held = new CountDownLatch(1);
        add(0, 10);
        awaitSent(1); // and holds up the thread

        add(10, 10 + 2048 + 50);

        assertThat(dropped).hasValue(50);
        assertThat(log.messages(Level.WARN))
                .singleElement()
                .asString()
                .startsWith("1 message traces are dropped")
                .contains("2048 of them wait already");
    }

    @Test
    void whatCannotBeStoredIsCounted() {
        add(0, 10);
        Eventually.await("a callback", Duration.ofSeconds(5), () -> !callbacks.isEmpty());

        callbacks.element().onException(new MessageNotStoredException(FailureKind.NO_ROUTE, "no route"));

        assertThat(dropped).hasValue(10);
        assertThat(log.messages(Level.WARN))
                .singleElement()
                .asString()
                .startsWith("10 message traces are dropped")
                .contains("no route");
    }

    @Test
    void whatIsLeftWhenItIsClosedIsCounted() {
        held = new CountDownLatch(1);
        add(0, 10);
        awaitSent(1);
        add(10, 17);
        dispatcher.hurry(); // wakes, and is no trace

        Thread closer = Threads.start("closer", dispatcher::close);
        Threads.awaitParked(closer);
        held.countDown();
        Threads.join(closer);
        add(17, 18);

        assertThat(dropped).hasValue(8);
        assertThat(sent).hasSize(1);
    }

    @Test
    void keysThatAreTooLongForAMessageAreLeftOut() {
        String key = "k".repeat(3000);
        for (int i = 0; i < 4; i++) {
            dispatcher.add(new TraceRecord("Pub" + i, "id" + i, List.of(key + i)));
        }
        dispatcher.add(new TraceRecord("Pub4", "id4", List.of("\u00e4".repeat(20_000))));
        dispatcher.hurry();

        awaitSent(3);
        assertThat(sent)
                .allSatisfy(message ->
                        assertThat(String.join(" ", message.keys()).length()).isLessThan(10_000));
        assertThat(sent.stream().flatMap(message -> message.keys().stream()))
                .contains("id0", "id4", key + 3)
                .doesNotContain("\u00e4".repeat(20_000));
    }
}
