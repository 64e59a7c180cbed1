package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedRocketMQ;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SmokeIT {
    @Test
    void sends() {
        try (EmbeddedRocketMQ mq = EmbeddedRocketMQ.start();
                MQProducer producer = MQProducer.builder("PG")
                        .nameServers(mq.nameServerAddresses())
                        .build()) {
            SendResult result = producer.send(Message.builder("T")
                    .body("hello".getBytes())
                    .tag("a")
                    .keys("k1", "k2")
                    .property("x", "y")
                    .build());
            System.out.println(result);
            List<CompletableFuture<SendResult>> all = new ArrayList<>();
            long t = System.nanoTime();
            for (int i = 0; i < 20000; i++) {
                all.add(producer.sendAsync(Message.of("T", new byte[1024])));
            }
            all.forEach(CompletableFuture::join);
            System.out.println("20000 async in " + (System.nanoTime() - t) / 1e6 + " ms");
            producer.sendOneway(Message.of("T", "bye".getBytes()));
            System.out.println(producer.status());
            t = System.nanoTime();
            producer.stop(java.time.Duration.ofSeconds(5));
            System.out.println("stop " + (System.nanoTime() - t) / 1e6 + " ms");
            var stored = mq.messages("T");
            assertThat(stored).hasSize(20002);
            System.out.println(stored.stream().filter(m -> m.body().length == 5).toList());
        }
    }
}
