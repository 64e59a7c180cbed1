package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.Attempt;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A producer whose invariants are watched, in every test that uses it: each send has one outcome (I1), in time (I2);
 * what was taken in flight is given back (I6), and so is all memory (I7); when it is closed no thread is left (I9).
 * {@link #close} checks them.
 */
public final class ProducerUnderTest implements AutoCloseable {

    /** The hard line of the acceptance figures: no send may ever be later. */
    private static final Duration HARD_LATENESS = Duration.ofSeconds(1);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "put-" + NUMBER.incrementAndGet();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Watch watch = new Watch();
    private final MQProducer producer;
    private Duration closeLimit = Duration.ofSeconds(11);

    private ProducerUnderTest(String nameServers, Consumer<MQProducerBuilder> settings) {
        MQProducerBuilder builder = MQProducer.builder("PG").name(name).nameServers(nameServers);
        settings.accept(builder);
        this.producer = builder.hook(watch).allocator(allocator).build();
    }

    /** Started, with defaults. */
    public static ProducerUnderTest start(String nameServers) {
        return start(nameServers, builder -> {});
    }

    /** Started, with these settings; hooks set here run before the watching one. */
    public static ProducerUnderTest start(String nameServers, Consumer<MQProducerBuilder> settings) {
        ProducerUnderTest created = create(nameServers, settings);
        created.producer.start();
        return created;
    }

    /** Not started yet. */
    public static ProducerUnderTest create(String nameServers, Consumer<MQProducerBuilder> settings) {
        return new ProducerUnderTest(nameServers, settings);
    }

    public MQProducer producer() {
        return producer;
    }

    /** What all its threads' names contain. */
    public String name() {
        return name;
    }

    /** How often each outcome was told to the hook so far. */
    public int count(Outcome outcome) {
        return watch.outcomes.getOrDefault(outcome, new AtomicInteger()).get();
    }

    /** How many sends were begun so far. */
    public int begun() {
        return watch.begun.get();
    }

    /** All attempts that the hook was told of, in order per send. */
    public List<Attempt> attempts() {
        return List.copyOf(watch.attempts);
    }

    /** The latest that a send ended after its deadline, in milliseconds; negative if none did. */
    public long maxLatenessMillis() {
        return TimeUnit.NANOSECONDS.toMillis(watch.maxLateness.get());
    }

    /** How long close may take; the drain of 10 s and one more second if not set. */
    public ProducerUnderTest closeWithin(Duration limit) {
        closeLimit = limit;
        return this;
    }

    /** Names of the producer's threads that are alive. */
    public List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(thread -> thread.startsWith("mq-producer-" + name + "-"))
                .toList();
    }

    /** Closes it and checks the invariants. */
    @Override
    public void close() {
        long start = System.nanoTime();
        producer.close();
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(taken).as("time to close (I9)").isLessThan(closeLimit);
        watch.awaitAllEnded();
        assertThat(watch.violations).as("sends with more than one outcome (I1)").isEmpty();
        assertThat(maxLatenessMillis()).as("lateness in ms (I2)").isLessThan(HARD_LATENESS.toMillis());
        assertThat(producer.status().inFlightMessages())
                .as("messages in flight (I6)")
                .isZero();
        assertThat(producer.status().inFlightBytes()).as("bytes in flight (I6)").isZero();
        assertThat(allocator.metric().usedDirectMemory())
                .as("direct memory in use (I7)")
                .isZero();
        assertThat(allocator.metric().usedHeapMemory())
                .as("buffers on the heap (I7)")
                .isZero();
        assertThat(threads()).as("threads alive (I9)").isEmpty();
    }

    /** The last hook: sees each send begin and end. */
    private static final class Watch implements SendMessageHook {

        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final Map<Outcome, AtomicInteger> outcomes = new ConcurrentHashMap<>();
        private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
        private final Queue<String> violations = new ConcurrentLinkedQueue<>();
        private final AtomicLong maxLateness = new AtomicLong(Long.MIN_VALUE);

        @Override
        public Message beforeSend(SendMessageContext context) {
            begun.incrementAndGet();
            context.attributes().put("start", System.nanoTime());
            return context.message();
        }

        @Override
        public void onAttempt(SendMessageContext context, Attempt attempt) {
            attempts.add(attempt);
        }

        @Override
        public void afterSend(SendMessageContext context, SendOutcome outcome) {
            if (context.attributes().put("ended", true) != null) {
                violations.add("a second outcome of " + context.msgId() + ": " + outcome);
            }
            Object start = context.attributes().get("start");
            if (start == null) { // refused before this hook could see it
                begun.incrementAndGet();
            } else {
                long timeout = context.options()
                        .timeout()
                        .orElse(Duration.ofSeconds(3))
                        .toNanos();
                long lateness = System.nanoTime() - (long) start - timeout;
                if (context.options().timeout().isPresent()) {
                    maxLateness.accumulateAndGet(lateness, Math::max);
                }
            }
            outcomes.computeIfAbsent(outcome.outcome(), kind -> new AtomicInteger())
                    .incrementAndGet();
            synchronized (this) {
                ended.incrementAndGet();
                notifyAll();
            }
        }

        /** Outcomes may still be on their way to the hook on a callback thread. */
        private synchronized void awaitAllEnded() {
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            try {
                while (ended.get() < begun.get() && System.nanoTime() < limit) {
                    wait(50);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            assertThat(ended.get()).as("sends with an outcome (I1)").isEqualTo(begun.get());
        }
    }
}
