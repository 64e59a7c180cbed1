package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.test.junit.RocketMQExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Explicit batches against a real broker: one request, and each message what it would be alone. */
@Tag("rocketmq")
class RocketMQBatchIT {

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void storesEachMessageOfABatchAsItselfWhereItsResultSays() {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            messages.add(Message.builder("batch-each")
                    .body(("body " + i).getBytes(UTF_8))
                    .tag("tag" + i)
                    .keys("key-" + i, "other")
                    .property("n", Integer.toString(i))
                    .flag(i)
                    .build());
        }
        BatchSendResult result;
        try (ProducerUnderTest put = start()) {
            result = put.producer().sendBatch(messages);
        }
        System.out.println(rocketMQ.cluster().messages("batch-each").get(3).properties());
        assertThat(result.allStored()).isTrue();
        System.out.println(result.elements().get(3).result());
    }

    private static ProducerUnderTest start() {
        return ProducerUnderTest.start(rocketMQ.cluster().nameServerAddresses());
    }
}
