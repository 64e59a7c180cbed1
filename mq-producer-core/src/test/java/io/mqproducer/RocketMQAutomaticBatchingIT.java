package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.Message;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.test.junit.RocketMQExtension;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("rocketmq")
class RocketMQAutomaticBatchingIT {

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void probe() throws Exception {
        for (int round = 0; round < 3; round++) {
            run("plain" + round, false);
            run("batched" + round, true);
        }
    }

    private void run(String topic, boolean batched) throws Exception {
        rocketMQ.cluster().createTopic(topic, 4);
        int n = 400_000;
        LongAdder batches = new LongAdder();
        LongAdder messages = new LongAdder();
        AtomicLong failed = new AtomicLong();
        CountDownLatch done = new CountDownLatch(n);
        MQProducer producer = MQProducer.builder("PG")
                .nameServers(rocketMQ.cluster().nameServerAddresses())
                .batchEnabled(batched)
                .metrics(new ProducerMetrics() {
                    @Override
                    public void batchSent(int size) {
                        batches.increment();
                        messages.add(size);
                    }
                })
                .build();
        producer.send(Message.of(topic, new byte[1]));
        byte[] body = new byte[Integer.getInteger("size", 200)];
        long start = System.nanoTime();
        Thread[] threads = new Thread[4];
        for (int t = 0; t < 4; t++) {
            threads[t] = new Thread(() -> {
                for (int i = 0; i < n / 4; i++) {
                    producer.sendAsync(Message.of(topic, body)).whenComplete((r, e) -> {
                        if (e != null) {
                            failed.incrementAndGet();
                        }
                        done.countDown();
                    });
                }
            });
            threads[t].start();
        }
        done.await();
        long took = System.nanoTime() - start;
        System.out.println(topic + " " + n * 1_000_000_000L / took + "/s failed " + failed + " mean batch "
                + (batches.sum() == 0 ? 0 : messages.sum() / batches.sum()));
        producer.close();
        assertThat(rocketMQ.cluster().summaries(topic)).hasSize(n + 1);
    }
}
