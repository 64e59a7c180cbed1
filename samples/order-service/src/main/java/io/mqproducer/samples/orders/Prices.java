package io.mqproducer.samples.orders;

import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import org.springframework.stereotype.Component;

/** Asks for prices, by a message that is answered by a message. */
@Component
class Prices {

    static final String TOPIC = "sample-prices";

    private final SendSpec questions;

    Prices(MQTemplate mq) {
        this.questions = mq.destination(TOPIC);
    }

    /** @throws io.mqproducer.exception.ReplyTimeoutException if nobody answers in time */
    Price of(String product, int pieces) {
        return questions.withKeys(product).request(new PriceQuestion(product, pieces), Price.class);
    }
}
