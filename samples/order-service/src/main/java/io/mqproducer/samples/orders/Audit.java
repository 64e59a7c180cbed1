package io.mqproducer.samples.orders;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Keeps the books of all orders, by a producer of its own: patient, in batches, nobody waits for it. */
@Component
class Audit {

    static final String TOPIC = "sample-audit";

    private static final Logger log = LoggerFactory.getLogger(Audit.class);

    private final SendSpec audited;

    Audit(@Qualifier("audit") MQTemplate mq) {
        this.audited = mq.destination(TOPIC);
    }

    /** Now, whether or not there is a transaction. */
    void placed(Order order) {
        watch(order, about(order).sendAsync(order));
    }

    /** Not before the transaction of the calling thread has committed, and never if it rolls back. */
    void placedIfCommitted(Order order) {
        watch(order, about(order).afterCommit().send(order));
    }

    private SendSpec about(Order order) {
        return audited.withKeys(order.id()).withHeader("pieces", order.pieces());
    }

    private static void watch(Order order, CompletableFuture<SendResult> outcome) {
        outcome.whenComplete((stored, failure) -> {
            if (failure instanceof MQProducerException e && e.kind() != FailureKind.ROLLED_BACK) {
                log.warn("order {} is not in the books", order.id(), e);
            }
        });
    }
}
