package io.mqproducer.internal.trace;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.util.Throttle;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendCallback;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers trace records and sends them, several as one message, on a thread of its own, which starts with the first record:
 * when there are enough of them, when the first of them is 5 s old, or at once when the producer stops. It holds up nobody:
 * when 2 048 records wait, further ones are dropped. What is dropped is counted and said in the log at most every 30 s.
 * Thread-safe.
 */
public final class TraceDispatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TraceDispatcher.class);

    private static final int CAPACITY = 2048;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration END_LIMIT = Duration.ofMillis(500);

    /**
     * In characters; well below what a message's properties may take. A record with more than that cannot be looked up by
     * its keys, only by its id.
     */
    private static final int MAX_KEYS_LENGTH = 4 * 1024;

    /** In characters, and exceeded by one record at most; RocketMQ's own client sends 128 000 bytes. */
    private static final int MAX_TEXT_LENGTH = 32_000;

    /** Wakes the thread, and is no record. */
    private static final TraceRecord WAKE_UP = new TraceRecord("", "", List.of());

    /** What takes messages that are full of traces. Must not throw; may hold its caller up. */
    @FunctionalInterface
    public interface Sink {
        void send(Message message, SendCallback callback);
    }

    private final String topic;
    private final int batchSize;
    private final Duration patience;
    private final Sink sink;
    private final ProducerMetrics metrics;
    private final BlockingQueue<TraceRecord> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Throttle warnings = new Throttle(Duration.ofSeconds(30));
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch drained = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean hurrying;
    private volatile boolean ending;
    private volatile boolean closed;

    /**
     * Starts no thread yet.
     *
     * @param batchSize the most records in one message
     */
    public TraceDispatcher(String producerName, String topic, int batchSize, Sink sink, ProducerMetrics metrics) {
        this(producerName, topic, batchSize, PATIENCE, sink, metrics);
    }

    TraceDispatcher(
            String producerName, String topic, int batchSize, Duration patience, Sink sink, ProducerMetrics metrics) {
        this.topic = topic;
        this.batchSize = batchSize;
        this.patience = patience;
        this.sink = sink;
        this.metrics = metrics;
        this.thread = new Thread(this::run, "mq-producer-" + producerName + "-trace");
        thread.setDaemon(true);
    }

    void add(TraceRecord traced) {
        if (closed || !queue.offer(traced)) {
            dropped(1, closed ? "the producer is stopped" : CAPACITY + " of them wait already");
        } else if (!started.get() && started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    // ---- its thread

    private void run() {
        List<TraceRecord> batch = new ArrayList<>(batchSize);
        try {
            while (!closed) {
                gather(batch);
                if (!batch.isEmpty()) {
                    send(batch);
                } else if (ending && queue.isEmpty()) {
                    drained.countDown();
                }
            }
        } catch (InterruptedException e) {
            // The end.
        } finally {
            drained.countDown();
            dropRest(batch);
        }
    }

    /** Waits for the first record, then for as many as make a message, or for as long as the first may wait. */
    private void gather(List<TraceRecord> batch) throws InterruptedException {
        batch.clear();
        int keys = 0;
        int text = 0;
        long expiry = System.nanoTime() + patience.toNanos();
        while (batch.size() < batchSize && keys < MAX_KEYS_LENGTH && text < MAX_TEXT_LENGTH) {
            TraceRecord next = queue.poll();
            if (next == null) {
                boolean enough = ending || (hurrying && !batch.isEmpty());
                next = queue.poll(enough ? 0 : expiry - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            if (next == null || (next.equals(WAKE_UP) && batch.isEmpty())) {
                return;
            }
            if (!next.equals(WAKE_UP)) {
                if (batch.isEmpty()) {
                    expiry = System.nanoTime() + patience.toNanos();
                }
                batch.add(next);
                text += next.text().length();
                keys += keysLength(next);
            }
        }
    }

    private static int keysLength(TraceRecord traced) {
        int length = traced.msgId().length();
        for (String key : traced.keys()) {
            length += key.length() + 1;
        }
        return length;
    }

    private void send(List<TraceRecord> batch) {
        int count = batch.size();
        Message message;
        try {
            message = message(batch);
        } catch (RuntimeException e) {
            dropped(count, String.valueOf(e.getMessage()));
            return;
        }
        batch.clear();
        sink.send(message, new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                // Nothing is left to do.
            }

            @Override
            public void onException(MQProducerException exception) {
                dropped(count, String.valueOf(exception.getMessage()));
            }
        });
    }

    private Message message(List<TraceRecord> batch) {
        StringBuilder body = new StringBuilder();
        Set<String> keys = new LinkedHashSet<>();
        for (TraceRecord traced : batch) {
            body.append(traced.text()).append(TraceRecord.RECORD_END);
            keys.add(traced.msgId());
            if (keysLength(traced) <= MAX_KEYS_LENGTH) {
                keys.addAll(traced.keys());
            }
        }
        return Message.builder(topic)
                .keys(keys.toArray(String[]::new))
                .body(body.toString().getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private void dropRest(List<TraceRecord> batch) {
        int lost = batch.size();
        for (TraceRecord next = queue.poll(); next != null; next = queue.poll()) {
            lost += next.equals(WAKE_UP) ? 0 : 1;
        }
        if (lost > 0) {
            dropped(lost, "the producer is stopped");
        }
    }

    private void dropped(int count, String reason) {
        metrics.traceDropped(count);
        if (warnings.permits(System.nanoTime())) {
            log.warn(
                    "{} message traces are dropped, as others were {} times since the last such line: {}. The messages"
                            + " themselves are not affected",
                    count,
                    warnings.takeHeldBack(),
                    reason);
        }
    }

    // ---- the end

    /** Sends what there is without waiting for more of it, from now on. */
    public void hurry() {
        hurrying = true;
        queue.offer(WAKE_UP); // if there is no room, the thread does not wait
    }

    /**
     * Waits until all records are handed over to be sent. For one who has seen to it that no more come, and has had it
     * {@linkplain #hurry hurry}.
     *
     * @param deadline how long to wait, by {@link System#nanoTime}
     */
    public void drain(long deadline) throws InterruptedException {
        if (started.get()) {
            ending = true;
            queue.offer(WAKE_UP);
            boolean inTime = drained.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!inTime) {
                log.debug("traces are not drained in time");
            }
        }
    }

    /** Ends the thread; what is left is dropped. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, END_LIMIT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
