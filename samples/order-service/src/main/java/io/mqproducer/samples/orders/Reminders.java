package io.mqproducer.samples.orders;

import io.mqproducer.MQProducer;
import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import java.time.Duration;
import org.springframework.stereotype.Service;

/** Reminds customers later, by messages that the broker holds back, and that can be recalled until then. */
@Service
class Reminders {

    static final String TOPIC = "sample-reminders";

    private final SendSpec reminders;
    private final MQProducer producer;
    private final RecallHandles handles;

    Reminders(MQTemplate mq, RecallHandles handles) {
        this.reminders = mq.destination(TOPIC);
        this.producer = mq.getProducer();
        this.handles = handles;
    }

    /** In place of one that is set already, which is recalled. */
    SendResult set(String orderId, String text, Duration delay) {
        recall(orderId);
        SendResult stored = reminders.withKeys(orderId).withDelay(delay).send(text);
        stored.recallHandle().ifPresent(handle -> handles.keep(orderId, handle));
        return stored;
    }

    /** Whether there was one to recall. */
    boolean recall(String orderId) {
        return handles.take(orderId)
                .map(handle -> producer.recall(TOPIC, handle))
                .isPresent();
    }
}
