package io.mqproducer.spring.transaction.jdbc;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Deletes old rows of a {@link JdbcTransactionLog} from time to time, by a daemon thread of its own, 500 in a transaction. Each
 * process may have one. Can be stopped and started again. Thread-safe.
 */
public final class JdbcTransactionLogCleaner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JdbcTransactionLogCleaner.class);

    static final int PORTION = 500;
    private static final int STOP_SECONDS = 5;

    private final JdbcTransactionLog transactionLog;
    private final Duration firstDelay;
    private final Duration interval;
    private @Nullable ScheduledThreadPoolExecutor thread; // guarded by this

    /**
     * A cleaner of this log.
     *
     * @param firstDelay how long after each start it looks first; processes should differ
     * @param interval the pause between two looks
     */
    public JdbcTransactionLogCleaner(JdbcTransactionLog transactionLog, Duration firstDelay, Duration interval) {
        this.transactionLog = Objects.requireNonNull(transactionLog, "transactionLog");
        this.firstDelay = firstDelay;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "mq-producer-transaction-log");
            daemon.setDaemon(true);
            return daemon;
        });
        started.scheduleWithFixedDelay(this::clean, firstDelay.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        thread = started;
    }

    /** Deletes all that is old enough, until it is stopped. */
    void clean() {
        try {
            int found = PORTION;
            while (found == PORTION && isRunning()) {
                found = transactionLog.deleteExpired(PORTION);
            }
        } catch (DataAccessException e) {
            log.info("old rows of mq_transaction_log are not deleted now, but later: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.warn("old rows of mq_transaction_log are not deleted", e);
        }
    }

    /** Returns when what is being deleted is, after 5 s at the latest. */
    @Override
    public void stop() {
        ScheduledThreadPoolExecutor stopping;
        synchronized (this) {
            stopping = thread;
            thread = null;
        }
        if (stopping == null) {
            return;
        }
        stopping.shutdown(); // no interrupt: H2 closes its file at one
        try {
            if (!stopping.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.info("the database does not answer; the thread that deletes old rows ends when it does");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
