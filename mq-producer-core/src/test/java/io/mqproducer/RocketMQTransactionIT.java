package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendStatus;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.EndTransactionContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transactions as a real broker sees them; it asks after one second, and every second. */
@Tag("rocketmq")
class RocketMQTransactionIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final byte[] BODY = "paid".getBytes(UTF_8);

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    private final Queue<MessageView> checked = new ConcurrentLinkedQueue<>();
    private final Queue<EndTransactionContext> endings = new ConcurrentLinkedQueue<>();

    @Test
    void n2_n5_n10_aCommittedMessageIsVisibleOnceWithTheIdOfItsHalf() {
        Message message = Message.builder("tx-commit")
                .body(BODY)
                .tag("paid")
                .keys("order-1")
                .property("customer", "7")
                .build();
        try (ProducerUnderTest put = start("tx-commit", TransactionState.UNKNOWN)) {
            TransactionSendResult result = put.producer().sendInTransaction(message, half -> TransactionState.COMMIT);

            assertThat(result.status()).isEqualTo(SendStatus.SEND_OK);
            assertThat(result.transactionState()).isEqualTo(TransactionState.COMMIT);
            assertThat(result.confirmed()).isTrue();
            assertThat(result.transactionId()).isEqualTo(result.msgId());
            assertThat(result.offsetMsgId())
                    .hasValueSatisfying(id -> assertThat(id).hasSize(32));
            assertThat(visible("tx-commit", 1)).singleElement().satisfies(stored -> {
                assertThat(stored.msgId()).isEqualTo(result.msgId());
                assertThat(stored.body()).isEqualTo(BODY);
                assertThat(stored.tags()).isEqualTo("paid");
                assertThat(stored.keys()).isEqualTo("order-1");
                assertThat(stored.properties()).containsEntry("customer", "7");
                assertThat(stored.sysFlag() & 0xC).isEqualTo(8);
                assertThat(stored.queueId()).isEqualTo(result.queue().queueId());
            });
            assertThat(put.count(Outcome.ACKED)).isOne();
            assertThat(endings).singleElement().satisfies(ending -> {
                assertThat(ending.state()).isEqualTo(TransactionState.COMMIT);
                assertThat(ending.msgId()).isEqualTo(result.msgId());
                assertThat(ending.fromCheck()).isFalse();
            });
        }
    }

    @Test
    void n2_aLargeMessageIsCompressedLikeAnyOther() {
        byte[] large = "a large order ".repeat(10_000).getBytes(UTF_8);
        try (ProducerUnderTest put = start("tx-large", TransactionState.COMMIT)) {
            put.producer().sendInTransaction(Message.of("tx-large", large), half -> TransactionState.COMMIT);
            put.producer().sendInTransaction(Message.of("tx-large", large), half -> TransactionState.UNKNOWN);

            assertThat(visible("tx-large", 2))
                    .allSatisfy(stored -> assertThat(stored.body()).isEqualTo(large));
            assertThat(checked)
                    .singleElement()
                    .satisfies(view -> assertThat(view.body()).isEqualTo(large));
        }
    }

    @Test
    void n5_aRolledBackMessageIsNeverSeen() {
        try (ProducerUnderTest put = start("tx-rollback", TransactionState.COMMIT)) {
            TransactionSendResult rolledBack = put.producer()
                    .sendInTransaction(Message.of("tx-rollback", BODY), half -> TransactionState.ROLLBACK);
            put.producer().sendInTransaction(Message.of("tx-rollback", BODY), half -> TransactionState.UNKNOWN);

            assertThat(rolledBack.transactionState()).isEqualTo(TransactionState.ROLLBACK);
            assertThat(rolledBack.confirmed()).isTrue();
            // the later one has been asked about and committed, so the first would have been as well
            assertThat(visible("tx-rollback", 1))
                    .extracting(StoredMessage::msgId)
                    .doesNotContain(rolledBack.msgId());
            assertThat(checked).extracting(MessageView::msgId).doesNotContain(rolledBack.msgId());
        }
    }

    @Test
    void n3_n6_n7_ofAnUnknownStateTheCheckerIsAskedAndItsAnswerCounts() {
        AtomicInteger asked = new AtomicInteger();
        Function<MessageView, TransactionState> answer =
                view -> asked.incrementAndGet() == 1 ? TransactionState.UNKNOWN : TransactionState.COMMIT;
        try (ProducerUnderTest put = start("tx-unknown", answer)) {
            TransactionSendResult result =
                    put.producer().sendInTransaction(Message.of("tx-unknown", BODY), half -> TransactionState.UNKNOWN);

            assertThat(result.transactionState()).isEqualTo(TransactionState.UNKNOWN);
            assertThat(result.confirmed()).isFalse();
            assertThat(visible("tx-unknown", 1))
                    .singleElement()
                    .satisfies(stored -> assertThat(stored.msgId()).isEqualTo(result.msgId()));
            assertThat(checked).hasSizeGreaterThanOrEqualTo(2).allSatisfy(view -> {
                assertThat(view.msgId()).isEqualTo(result.msgId());
                assertThat(view.transactionId()).contains(result.msgId());
                assertThat(view.topic()).isEqualTo("tx-unknown");
                assertThat(view.body()).isEqualTo(BODY);
                assertThat(view.queue()).contains(result.queue());
            });
            assertThat(endings)
                    .singleElement()
                    .satisfies(ending -> assertThat(ending.fromCheck()).isTrue());
        }
    }

    @Test
    void n3_whatTheLocalTransactionThrowsReachesTheCallerAndTheCheckerDecides() {
        try (ProducerUnderTest put = start("tx-throws", TransactionState.ROLLBACK)) {
            assertThatThrownBy(() -> put.producer().sendInTransaction(Message.of("tx-throws", BODY), half -> {
                        throw new IllegalStateException("no such account");
                    }))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("no such account");

            Eventually.await("rollback by the checker", LIMIT, () -> !endings.isEmpty());
        }
        assertThat(rocketMQ.cluster().messages("tx-throws")).isEmpty();
    }

    @Test
    void n6_aTransactionThatTheBrokerAsksAboutWhileItRunsIsLeftToItselfAndCommitsOnce() {
        commitsOnceAfterAQuestion(Message.of("tx-slow", BODY));
    }

    /** The broker refuses a late commit of such a message, unless it answers a question. */
    @Test
    void n9_aCommitLaterThanItsImmunityIsTakenAsTheAnswerToTheBrokersQuestion() {
        commitsOnceAfterAQuestion(Message.builder("tx-immune")
                .body(BODY)
                .property("CHECK_IMMUNITY_TIME_IN_SECONDS", "1")
                .build());
    }

    private void commitsOnceAfterAQuestion(Message message) {
        String topic = message.topic();
        try (ProducerUnderTest put = start(topic, TransactionState.ROLLBACK)) {
            TransactionSendResult result = put.producer().sendInTransaction(message, half -> {
                awaitQuestions(put, topic);
                awaitQuestions(put, topic); // while immune it is put back behind younger ones
                return TransactionState.COMMIT;
            });
            awaitQuestions(put, topic);

            assertThat(result.confirmed()).isTrue();
            assertThat(checked).extracting(MessageView::msgId).doesNotContain(result.msgId());
            assertThat(endings)
                    .filteredOn(ending -> ending.msgId().equals(result.msgId()))
                    .singleElement()
                    .satisfies(ending -> assertThat(ending.fromCheck()).isTrue());
            assertThat(visible(topic, 1)).extracting(StoredMessage::msgId).containsExactly(result.msgId());
        }
    }

    @Test
    void aPreparedMessageIsCommittedOrRolledBackByItsOwner() {
        try (ProducerUnderTest put = start("tx-prepared", TransactionState.UNKNOWN)) {
            PreparedMessage kept = put.producer().prepare(Message.of("tx-prepared", BODY));
            PreparedMessage dropped = put.producer().prepare(Message.of("tx-prepared", BODY));

            assertThat(kept.commit().confirmed()).isTrue();
            assertThat(dropped.rollback().confirmed()).isTrue();

            assertThatThrownBy(kept::commit).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(dropped::commit).isInstanceOf(IllegalStateException.class);
            assertThat(visible("tx-prepared", 1))
                    .singleElement()
                    .satisfies(stored -> assertThat(stored.msgId())
                            .isEqualTo(kept.sendResult().msgId()));
        }
    }

    @Test
    void aPreparedMessageThatACheckerHasCommittedIsNotCommittedAgain() {
        try (ProducerUnderTest put = start("tx-overtaken", TransactionState.COMMIT)) {
            PreparedMessage prepared = put.producer().prepare(Message.of("tx-overtaken", BODY));
            assertThat(visible("tx-overtaken", 1)).hasSize(1);
            Eventually.await("the broker's confirmation", LIMIT, () -> endings.size() == 1);

            TransactionSendResult result = prepared.commit();

            assertThat(result.transactionState()).isEqualTo(TransactionState.COMMIT);
            awaitQuestions(put, "tx-overtaken");
            assertThat(rocketMQ.cluster().messages("tx-overtaken"))
                    .filteredOn(stored -> stored.msgId().equals(result.msgId()))
                    .hasSize(1);
        }
    }

    @Test
    void f81_n6_anotherProcessOfTheGroupAnswersWithoutHavingSentAnything() {
        String topic = "tx-successor";
        try (ProducerUnderTest put = start(topic, TransactionState.UNKNOWN)) {
            put.producer().prepare(Message.of(topic, BODY));
        }

        try (ProducerUnderTest successor = start(topic, TransactionState.COMMIT)) {
            assertThat(visible(topic, 1)).hasSize(1);
            assertThat(successor.begun()).isZero();
        }
    }

    @Test
    void n8_aMessageWithADeliveryTimeIsRefusedBeforeAnythingIsStored() {
        try (ProducerUnderTest put = start("tx-delay", TransactionState.COMMIT)) {
            Message delayed = Message.builder("tx-delay")
                    .body(BODY)
                    .delivery(DeliveryTime.atLevel(1))
                    .build();

            assertThatThrownBy(() -> put.producer().sendInTransaction(delayed, half -> TransactionState.COMMIT))
                    .isInstanceOfSatisfying(
                            MessageNotStoredException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.INVALID_MESSAGE))
                    .hasMessageContaining("must not have a delivery time");
            assertThatThrownBy(() -> put.producer()
                            .sendInTransaction(Message.of("tx-other", BODY), half -> TransactionState.COMMIT))
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("no transaction checker for this topic")
                    .hasMessageContaining("tx-other");
        }
    }

    // ---- what they share

    private ProducerUnderTest start(String topic, TransactionState answer) {
        return start(topic, view -> answer);
    }

    private ProducerUnderTest start(String topic, Function<MessageView, TransactionState> answer) {
        rocketMQ.cluster().createTopic(topic, 4);
        SendMessageHook listening = new SendMessageHook() {
            @Override
            public void onEndTransaction(EndTransactionContext context) {
                endings.add(context);
            }
        };
        return ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(),
                builder -> builder.hook(listening).transactionChecker(TransactionChecker.of(topic, view -> {
                    checked.add(view);
                    return answer.apply(view);
                })));
    }

    /** What consumers see, once there are so many. */
    private static List<StoredMessage> visible(String topic, int count) {
        Eventually.await(
                count + " messages of " + topic,
                LIMIT,
                () -> rocketMQ.cluster().messages(topic).size() >= count);
        return rocketMQ.cluster().messages(topic);
    }

    /** Waits until the broker has asked about all that it could still ask about: it asks in the order of the half messages. */
    private void awaitQuestions(ProducerUnderTest put, String topic) {
        int before = checked.size();
        put.producer().sendInTransaction(Message.of(topic, "later".getBytes(UTF_8)), half -> TransactionState.UNKNOWN);
        Eventually.await("a later question", LIMIT, () -> checked.size() > before);
    }
}
