package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import io.mqproducer.ProducerStatus;
import io.mqproducer.ProducerStatus.State;
import java.time.Duration;
import java.util.Objects;
import org.springframework.context.SmartLifecycle;

/**
 * Starts a producer before everything that may send, and drains it after everything that may send has stopped. Stops
 * in a thread of its own, so that several producers drain at the same time. Can be started again.
 */
public final class MQProducerLifecycle implements SmartLifecycle {

    /** Below web servers, schedulers, executors and listeners. */
    public static final int PHASE = Integer.MIN_VALUE / 2;

    private final MQProducer producer;
    private final boolean autoStartup;
    private final Duration drain;

    /**
     * The life cycle of this producer.
     *
     * @param autoStartup whether the producer starts with the context; otherwise its first send starts it
     * @param drain how long a stop waits for what is in flight
     */
    public MQProducerLifecycle(MQProducer producer, boolean autoStartup, Duration drain) {
        this.producer = Objects.requireNonNull(producer, "producer");
        this.autoStartup = autoStartup;
        this.drain = Objects.requireNonNull(drain, "drain");
    }

    @Override
    public void start() {
        producer.start();
    }

    @Override
    public void stop() {
        producer.stop(drain);
    }

    @Override
    public void stop(Runnable callback) {
        Thread stopping = new Thread(
                () -> {
                    try {
                        stop();
                    } finally {
                        callback.run();
                    }
                },
                "mq-producer-stop");
        stopping.start();
    }

    /** Asks the producer, which a send may have started without this object. */
    @Override
    @SuppressWarnings("ConstantValue")
    public boolean isRunning() {
        ProducerStatus status = producer.status();
        // a mock in the producer's place, as in tests of applications, answers null
        return status != null && status.state() == State.RUNNING;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStartup;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
