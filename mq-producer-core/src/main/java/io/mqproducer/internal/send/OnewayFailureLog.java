package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.util.Throttle;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log of one-way messages that failed after they were accepted: per topic one line in 30 s, with a count. */
final class OnewayFailureLog {

    private static final Logger log = LoggerFactory.getLogger(OnewayFailureLog.class);

    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final int MAX_TOPICS = 1000;
    private static final String OTHER_TOPICS = "(others)";

    private final Map<String, Throttle> topics = new ConcurrentHashMap<>();

    void add(String topic, MQProducerException failure) {
        String counted = topics.containsKey(topic) || topics.size() < MAX_TOPICS ? topic : OTHER_TOPICS;
        Throttle throttle = topics.computeIfAbsent(counted, name -> new Throttle(PERIOD));
        if (throttle.permits(System.nanoTime())) {
            log.warn(
                    "a one-way message of topic {} failed, and {} since the last such line: {}",
                    topic,
                    throttle.takeHeldBack(),
                    failure.getMessage());
        }
    }
}
