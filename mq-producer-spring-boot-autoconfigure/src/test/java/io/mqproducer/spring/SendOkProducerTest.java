package io.mqproducer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.mqproducer.exception.BatchNotFullyStoredException;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.message.TransactionState;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spi.SendCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class SendOkProducerTest {

    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final MQTemplate strict =
            MQTemplate.builder(producer).requireSendOk(true).build();

    @Test
    void leavesWhatIsFullyAcknowledgedAsItIs() {
        assertThat(strict.send("orders", "x").status()).isEqualTo(SendStatus.SEND_OK);
        assertThat(strict.sendAsync("orders", "x")).isCompleted();
        assertThat(strict.sendBatch("orders", List.of("x")).allStored()).isTrue();
        assertThat(strict.sendInTransaction("orders", "x", message -> TransactionState.COMMIT)
                        .transactionState())
                .isEqualTo(TransactionState.COMMIT);
    }

    @Test
    void isNotThereUnlessAskedFor() {
        producer.script().storingAs(SendStatus.FLUSH_DISK_TIMEOUT);

        assertThat(new MQTemplate(producer, new JsonMQMessageConverter())
                        .send("orders", "x")
                        .status())
                .isEqualTo(SendStatus.FLUSH_DISK_TIMEOUT);
    }

    @Test
    void takesWeakAcknowledgementsForMaybeStored() {
        producer.script().storingAs(SendStatus.SLAVE_NOT_AVAILABLE);

        assertThatExceptionOfType(MessageMaybeStoredException.class)
                .isThrownBy(() -> strict.send("orders", "x"))
                .withMessage(
                        "BROKER_REJECTED message is stored by broker recording, but SLAVE_NOT_AVAILABLE, and the template"
                                + " requires SEND_OK; topic orders")
                .satisfies(e -> assertThat(e.msgId()).contains("00000000000000000000000000000001"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.BROKER_REJECTED));
        assertThat(strict.sendAsync("orders", "x"))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(MessageMaybeStoredException.class);
    }

    @Test
    void tellsCallbacks() {
        List<Object> told = new ArrayList<>();
        SendOkProducer ok = new SendOkProducer(producer);
        SendCallback callback = new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                told.add(result.status());
            }

            @Override
            public void onException(MQProducerException exception) {
                told.add(exception.kind());
            }
        };

        ok.sendAsync(Message.of("orders", new byte[1]), SendOptions.defaults(), callback);
        producer.script().storingAs(SendStatus.FLUSH_SLAVE_TIMEOUT);
        ok.sendAsync(Message.of("orders", new byte[1]), SendOptions.defaults(), callback);

        assertThat(told).containsExactly(SendStatus.SEND_OK, FailureKind.BROKER_REJECTED);
    }

    @Test
    void tellsOfEachMessageOfABatch() {
        producer.script().storingAs(SendStatus.FLUSH_DISK_TIMEOUT);

        assertThatThrownBy(() -> strict.sendBatch("orders", List.of("a", "b")))
                .asInstanceOf(throwable(BatchNotFullyStoredException.class))
                .satisfies(e -> assertThat(e.result().elements())
                        .extracting(BatchSendResult.Element::outcome)
                        .containsExactly(Outcome.MAYBE_STORED, Outcome.MAYBE_STORED));
        assertThat(strict.sendBatchAsync("orders", List.of("a")))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(BatchNotFullyStoredException.class);
    }

    @Test
    void takesHalfMessagesThatAreRolledBackForNotStored() {
        producer.script().storingAs(SendStatus.FLUSH_DISK_TIMEOUT);

        assertThatExceptionOfType(MessageNotStoredException.class)
                .isThrownBy(() -> strict.sendInTransaction("orders", "x", message -> TransactionState.COMMIT))
                .withMessageContaining("the local transaction was not run");
    }

    @Test
    void cancelsTheSendWithTheFuture() {
        producer.script().holding();
        CompletableFuture<SendResult> future = strict.sendAsync("orders", "x");

        future.cancel(true);

        assertThat(producer.futures()).singleElement().matches(CompletableFuture::isCancelled);
    }
}
