package io.mqproducer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What one class of the producer logs from warnings on, between {@link #of} and {@link #close}. Thread-safe. */
final class LogRecorder extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private LogRecorder(String name) {
        this.logger = (Logger) LoggerFactory.getLogger(name);
    }

    /** @param name the logger's, which is the class's or a package's */
    static LogRecorder of(String name) {
        LogRecorder recorder = new LogRecorder(name);
        recorder.start();
        recorder.logger.addAppender(recorder);
        return recorder;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            events.add(event);
        }
    }

    /** The texts so far. */
    List<String> lines() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
