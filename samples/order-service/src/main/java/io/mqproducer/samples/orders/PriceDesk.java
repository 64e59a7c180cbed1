package io.mqproducer.samples.orders;

import io.mqproducer.MQProducer;
import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.test.OfficialResponder;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers price questions, with RocketMQ's own consumer: stands for a service of another team. */
@Component
@Order(1)
class PriceDesk implements ApplicationRunner, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(PriceDesk.class);
    private static final String GROUP = "sample-price-desk";
    private static final BigDecimal OF_ANYTHING_ELSE = new BigDecimal("9.90");
    private static final Map<String, BigDecimal> EUROS =
            Map.of("tea", new BigDecimal("3.90"), "coffee", new BigDecimal("5.40"), "cocoa", new BigDecimal("4.20"));

    private final MQProducer producer;
    private final NameServers nameServers;
    private final JsonMapper json;
    private @Nullable OfficialResponder responder;

    PriceDesk(MQProducer producer, NameServers nameServers, JsonMapper json) {
        this.producer = producer;
        this.nameServers = nameServers;
        this.json = json;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        try {
            producer.admin().createTopic(Prices.TOPIC, 4);
        } catch (RequestFailedException e) {
            log.warn("Nobody will answer price questions: {}", e.getMessage());
            return;
        }
        responder = OfficialResponder.subscribe(nameServers.addresses(), GROUP, Prices.TOPIC, this::answer);
    }

    private byte[] answer(byte[] body) {
        PriceQuestion question = json.readValue(body, PriceQuestion.class);
        BigDecimal each = EUROS.getOrDefault(question.product(), OF_ANYTHING_ELSE);
        BigDecimal amount = each.multiply(BigDecimal.valueOf(question.pieces()));
        return json.writeValueAsBytes(new Price(question.product(), question.pieces(), amount, "EUR"));
    }

    @Override
    public void destroy() {
        if (responder != null) {
            responder.close();
        }
    }
}
