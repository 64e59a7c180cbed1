package io.mqproducer.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.PreparedMessage;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.message.TransactionState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecordingMQProducerTest {

    private final RecordingMQProducer producer = new RecordingMQProducer();

    private static Message message(String topic, String text) {
        return Message.of(topic, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesNoteOfMessagesInAllModes() {
        producer.send(message("orders", "a"));
        producer.sendAsync(message("orders", "b"));
        producer.sendOneway(message("clicks", "c"));
        producer.sendBatch(List.of(message("orders", "d"), message("audit", "e")));

        assertThat(producer.sends())
                .extracting(send -> send.mode() + " " + send.topic() + " " + send.text())
                .containsExactly(
                        "SYNC orders a", "ASYNC orders b", "ONEWAY clicks c", "BATCH orders d", "BATCH audit e");
    }

    @Test
    void answersAsABrokerWould() {
        SendResult first = producer.send(message("orders", "a"));
        SendResult second = producer.send(message("orders", "b"));
        SendResult elsewhere = producer.send(message("audit", "c"));

        assertThat(first.status()).isEqualTo(SendStatus.SEND_OK);
        assertThat(first.queueOffset()).isZero();
        assertThat(second.queueOffset()).isOne();
        assertThat(elsewhere.queueOffset()).isZero();
        assertThat(List.of(first.msgId(), second.msgId(), elsewhere.msgId()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9A-F]{32}"));
    }

    @Test
    void failsAsItIsTold() {
        MQProducerException certain = new MessageNotStoredException(FailureKind.NO_ROUTE, "no such topic");
        MQProducerException uncertain = new MessageMaybeStoredException(FailureKind.TIMEOUT, "no answer");
        producer.script().failNext(certain, uncertain);

        assertThatThrownBy(() -> producer.send(message("orders", "a"))).isSameAs(certain);
        assertThat(producer.sendAsync(message("orders", "b")))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(uncertain);
        assertThat(producer.send(message("orders", "c")).status()).isEqualTo(SendStatus.SEND_OK);
        assertThat(producer.sends()).as("what was asked for").hasSize(3);

        producer.script().failingWith(certain);
        assertThatThrownBy(() -> producer.sendOneway(message("orders", "d"))).isSameAs(certain);
        assertThatThrownBy(() -> producer.sendBatch(List.of(message("orders", "e"))))
                .isSameAs(certain);
        producer.script().failingWith(null);
        producer.send(message("orders", "f"));
    }

    @Test
    void holdsAsynchronousSendsUntilTheyAreReleased() {
        List<String> order = new ArrayList<>();
        producer.script().holding();
        CompletableFuture<SendResult> one = producer.sendAsync(message("orders", "one"));
        CompletableFuture<SendResult> two = producer.sendAsync(message("orders", "two"));
        one.thenRun(() -> order.add("one"));
        two.thenRun(() -> order.add("two"));
        assertThat(one).isNotDone();

        producer.script().release();

        assertThat(order).containsExactly("one", "two");
        assertThat(producer.sendAsync(message("orders", "three"))).isDone();
    }

    @Test
    void runsLocalTransactionsAndTakesNoteOfTheirEnds() {
        producer.sendInTransaction(message("payments", "a"), half -> TransactionState.COMMIT);
        PreparedMessage prepared = producer.prepare(message("payments", "b"));
        prepared.rollback();

        assertThat(producer.transactions())
                .extracting(RecordedTransaction::state)
                .containsExactly(TransactionState.COMMIT, TransactionState.ROLLBACK);
        assertThatThrownBy(prepared::commit).isInstanceOf(IllegalStateException.class);
        producer.script().storingAs(SendStatus.FLUSH_DISK_TIMEOUT);
        assertThat(producer.sendInTransaction(message("payments", "c"), half -> {
                            throw new AssertionError("a weakly acknowledged half message runs no transaction");
                        })
                        .transactionState())
                .isEqualTo(TransactionState.ROLLBACK);
    }

    @Test
    void repliesWithTheRequestUnlessToldOtherwise() {
        assertThat(producer.request(message("prices", "tea"), SendOptions.defaults(), Duration.ofSeconds(1))
                        .body())
                .isEqualTo("tea".getBytes(StandardCharsets.UTF_8));
        producer.script()
                .replyingWith(request ->
                        MessageView.builder("replies", new byte[] {42}).build());

        assertThat(producer.requestAsync(message("prices", "tea"), SendOptions.defaults(), Duration.ofSeconds(2)))
                .isCompletedWithValueMatching(reply -> reply.body()[0] == 42);
        assertThat(producer.requestTimeouts()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void livesAsARealOneDoes() {
        producer.send(message("orders", "starts it"));
        producer.stop(Duration.ofSeconds(3));

        assertThatExceptionOfType(MessageNotStoredException.class)
                .isThrownBy(() -> producer.send(message("orders", "too late")))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(FailureKind.CLOSED));
        assertThat(producer.sendAsync(message("orders", "too late"))).isCompletedExceptionally();
        assertThat(producer.sendBatchAsync(List.of(message("orders", "too late")), SendOptions.defaults()))
                .isCompletedExceptionally();
        assertThat(producer.requestAsync(message("orders", "too late"), SendOptions.defaults(), Duration.ofSeconds(1)))
                .isCompletedExceptionally();
        assertThat(producer.sends()).hasSize(1);
        producer.start();
        producer.send(message("orders", "again"));
        producer.close();
        assertThat(producer.life()).containsExactly("start", "stop PT3S", "start", "close");
    }

    @Test
    void canBeAskedWhatWasSent() {
        producer.send(
                Message.builder("orders")
                        .tag("created")
                        .keys("7", "8")
                        .orderingKey("alice")
                        .property("tenant", "acme")
                        .delivery(DeliveryTime.atLevel(3))
                        .body("{}".getBytes(StandardCharsets.UTF_8))
                        .build(),
                SendOptions.defaults());
        producer.sendOneway(message("clicks", "tea"));

        assertThat(producer).hasSent(2);
        assertThat(producer)
                .hasSentOneTo("orders")
                .wasSentIn(SendMode.SYNC)
                .hasTopic("orders")
                .hasTag("created")
                .hasKeys("7", "8")
                .hasOrderingKey("alice")
                .hasProperty("tenant", "acme")
                .hasDelivery(DeliveryTime.atLevel(3))
                .hasText("{}");
        assertThat(producer).sendsTo("clicks").extracting(RecordedSend::text).containsExactly("tea");
        producer.clear();
        assertThat(producer).hasSentNothing();
    }

    @Test
    void saysWhatWasSentInsteadOfWhatWasExpected() {
        producer.send(message("orders", "tea"));

        assertThatThrownBy(() -> assertThat(producer).hasSentNothing())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected 0 messages to be sent, but there are 1")
                .hasMessageContaining("orders")
                .hasMessageContaining("tea");
        assertThatThrownBy(() -> assertThat(producer).hasSentOneTo("audit"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected one message to be sent to audit, but there are 0")
                .hasMessageContaining("tea");
        assertThatThrownBy(() -> assertThat(producer).hasSentOneTo("orders").hasTag("created"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected tag of")
                .hasMessageContaining("created");
    }
}
