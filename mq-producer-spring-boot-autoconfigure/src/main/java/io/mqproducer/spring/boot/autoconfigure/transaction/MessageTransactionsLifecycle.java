package io.mqproducer.spring.boot.autoconfigure.transaction;

import io.mqproducer.spring.boot.autoconfigure.MQProducerLifecycle;
import io.mqproducer.spring.transaction.SpringMessageTransactions;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Lets what has been committed reach the producers before they stop. */
final class MessageTransactionsLifecycle implements SmartLifecycle {

    /** Stops right before the producers. */
    static final int PHASE = MQProducerLifecycle.PHASE + 1;

    private final SpringMessageTransactions transactions;
    private final Duration limit;
    private volatile boolean running;

    /** @param limit how long a stop waits */
    MessageTransactionsLifecycle(SpringMessageTransactions transactions, Duration limit) {
        this.transactions = transactions;
        this.limit = limit;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        transactions.drain(limit);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
