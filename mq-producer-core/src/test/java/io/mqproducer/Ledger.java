package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.Attempt;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.SendCallback;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import io.mqproducer.test.StoredMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a producer said of each message of a load, by callback and by hook, and whether that is true: {@link
 * #assertAgreesWith} compares it with what brokers hold. The messages are numbered from 0. Thread-safe.
 */
final class Ledger implements SendMessageHook {

    private static final String NUMBER = "n";
    private static final int VIOLATIONS_SHOWN = 10;

    private final AtomicIntegerArray successes;
    private final AtomicIntegerArray exceptions;
    private final AtomicIntegerArray afterSends;
    private final AtomicReferenceArray<SendResult> results;
    private final AtomicReferenceArray<Entry> entries;
    private final long[] starts;
    private final CountDownLatch open;

    /** How one send ended, as its hook saw it; times by {@link System#nanoTime}. */
    record Entry(int number, SendOutcome outcome, List<Attempt> attempts, long start, long end) {

        /** When the first attempt was over, at the latest. */
        long firstAttemptEnd() {
            return start + attempts.get(0).elapsed().toNanos();
        }

        private long maybeStoredAttempts() {
            return attempts.stream()
                    .filter(attempt -> attempt.outcome() == Outcome.MAYBE_STORED)
                    .count();
        }
    }

    Ledger(int size) {
        this.successes = new AtomicIntegerArray(size);
        this.exceptions = new AtomicIntegerArray(size);
        this.afterSends = new AtomicIntegerArray(size);
        this.results = new AtomicReferenceArray<>(size);
        this.entries = new AtomicReferenceArray<>(size);
        this.starts = new long[size];
        this.open = new CountDownLatch(2 * size);
    }

    /** Sends the message of this number, by callback. */
    void send(MQProducer producer, int number, String topic, byte[] body, SendOptions options) {
        Message message = Message.builder(topic)
                .property(NUMBER, Integer.toString(number))
                .body(body)
                .build();
        starts[number] = System.nanoTime();
        producer.sendAsync(message, options, new SendCallback() {

            @Override
            public void onSuccess(SendResult result) {
                results.set(number, result);
                successes.incrementAndGet(number);
                open.countDown();
            }

            @Override
            public void onException(MQProducerException exception) {
                exceptions.incrementAndGet(number);
                open.countDown();
            }
        });
    }

    @Override
    public void afterSend(SendMessageContext context, SendOutcome outcome) {
        long now = System.nanoTime();
        String property = context.message().properties().get(NUMBER);
        if (property == null) {
            return; // not of this load
        }
        int number = numberOf(property);
        entries.set(number, new Entry(number, outcome, List.copyOf(context.attempts()), starts[number], now));
        afterSends.incrementAndGet(number);
        open.countDown();
    }

    private static int numberOf(String property) {
        return Integer.parseInt(property);
    }

    /** Waits until callback and hook have been called for all messages. */
    void awaitAll(Duration limit) {
        try {
            if (!open.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("still open after " + limit + ": " + open.getCount());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many messages there are. */
    int size() {
        return entries.length();
    }

    /** How many sends have ended so. */
    int count(Outcome outcome) {
        return (int)
                entries().filter(entry -> entry.outcome().outcome() == outcome).count();
    }

    /** All that have ended, by number. */
    Stream<Entry> entries() {
        return IntStream.range(0, entries.length()).mapToObj(entries::get).filter(entry -> entry != null);
    }

    /** For example {@code 10 offered = 8 acked + 0 weak + 1 not stored + 1 maybe stored}. */
    String arithmetic() {
        int acked = count(Outcome.ACKED);
        int weak = count(Outcome.WEAK);
        int notStored = count(Outcome.NOT_STORED);
        int maybe = count(Outcome.MAYBE_STORED);
        assertThat(acked + weak + notStored + maybe).isEqualTo(entries.length());
        return "%d offered = %d acked + %d weak + %d not stored + %d maybe stored"
                .formatted(entries.length(), acked, weak, notStored, maybe);
    }

    /** Checks that each message had one callback and one call of the hook, not only that the sums fit. */
    void assertEachEndedOnce() {
        assertThat(IntStream.range(0, entries.length())
                        .filter(n -> successes.get(n) + exceptions.get(n) != 1 || afterSends.get(n) != 1)
                        .limit(VIOLATIONS_SHOWN)
                        .mapToObj(n -> "#" + n + ": " + successes.get(n) + " onSuccess, " + exceptions.get(n)
                                + " onException, " + afterSends.get(n) + " afterSend"))
                .isEmpty();
    }

    /**
     * Checks that what is acknowledged is there (I3), where the result says; that what is not stored is not (I4); and
     * that there are no more copies than attempts that may have stored one, all with the message's id (I5).
     *
     * <p>A broker that is killed while it writes leaves a message whose last properties are missing: its checksum is that of
     * the body alone. Such a torn copy is known by its id, and must not be the one that was acknowledged.
     */
    void assertAgreesWith(List<StoredMessage> stored) {
        List<List<StoredMessage>> copies = new ArrayList<>();
        IntStream.range(0, entries.length()).forEach(n -> copies.add(new ArrayList<>(1)));
        List<String> violations = new ArrayList<>();
        for (StoredMessage message : stored) {
            if (isTorn(message)) {
                System.out.println("[torn copy] " + message + " " + message.properties());
            }
            int number = isTorn(message)
                    ? numberOfId(message.msgId())
                    : numberOf(message.properties().get(NUMBER));
            if (number < 0) {
                violations.add("nobody has sent " + message + " " + message.properties());
            } else {
                copies.get(number).add(message);
            }
        }
        entries().forEach(entry -> compare(entry, copies.get(entry.number()), violations));

        assertThat(violations.size() > VIOLATIONS_SHOWN ? violations.subList(0, VIOLATIONS_SHOWN) : violations)
                .as("of " + violations.size())
                .isEmpty();
    }

    private static boolean isTorn(StoredMessage message) {
        return !message.properties().containsKey(NUMBER);
    }

    /** By the message's id, which comes before all that may be missing; -1 if it is none of ours. */
    private int numberOfId(String msgId) {
        return entries()
                .filter(entry -> msgIdOf(entry).equals(msgId))
                .mapToInt(Entry::number)
                .findFirst()
                .orElse(-1);
    }

    private static String msgIdOf(Entry entry) {
        return entry.outcome()
                .result()
                .map(SendResult::msgId)
                .orElseGet(() -> entry.outcome().failure().orElseThrow().msgId().orElseThrow());
    }

    private void compare(Entry entry, List<StoredMessage> copies, List<String> violations) {
        SendResult result = entry.outcome().result().orElse(null);
        String msgId = msgIdOf(entry);
        long most = entry.maybeStoredAttempts() + (result == null ? 0 : 1);
        boolean callbackAgrees =
                result == null ? exceptions.get(entry.number()) == 1 : result.equals(results.get(entry.number()));
        if (!callbackAgrees
                || copies.size() > most
                || copies.stream().anyMatch(copy -> !copy.msgId().equals(msgId))
                || (result != null && copies.stream().noneMatch(copy -> isAt(result, copy) && !isTorn(copy)))
                || (result != null && copies.size() > 1 && !result.mayBeDuplicate())) {
            violations.add(entry + " against " + copies);
        }
    }

    private static boolean isAt(SendResult result, StoredMessage copy) {
        return copy.topic().equals(result.queue().topic())
                && copy.brokerName().equals(result.queue().brokerName())
                && copy.queueId() == result.queue().queueId()
                && copy.queueOffset() == result.queueOffset()
                && copy.offsetMsgId().equals(result.offsetMsgId().orElse(""));
    }

    /** How many of these messages are copies of one that is there already. */
    static long duplicates(List<StoredMessage> stored) {
        return stored.size()
                - stored.stream().map(StoredMessage::msgId).distinct().count();
    }
}
