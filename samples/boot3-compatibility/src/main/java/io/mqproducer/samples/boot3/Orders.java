package io.mqproducer.samples.boot3;

import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Service;

/** Tells the world about orders, in each of the three modes. */
@Service
public class Orders {

    private final MQTemplate mq;

    Orders(MQTemplate mq) {
        this.mq = mq;
    }

    public SendResult place(Order order) {
        return mq.destination("boot3-orders:created").withKeys(order.id()).send(order);
    }

    public CompletableFuture<SendResult> audit(Order order) {
        return mq.sendAsync("boot3-orders:audited", order);
    }

    public void look(Order order) {
        mq.sendOneway("boot3-orders:looked-at", order);
    }
}
