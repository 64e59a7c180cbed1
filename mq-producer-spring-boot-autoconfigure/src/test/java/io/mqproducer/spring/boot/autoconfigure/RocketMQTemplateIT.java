package io.mqproducer.spring.boot.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.exception.ReplyTimeoutException;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.spring.MQConversionException;
import io.mqproducer.spring.MQOperations;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import io.mqproducer.test.OfficialConsumer;
import io.mqproducer.test.OfficialReplier;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;

/** What the template offers, in an application, against the real RocketMQ, read back from it. */
class RocketMQTemplateIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final Duration LONG = Duration.ofSeconds(60);

    record Order(String id, Instant at, List<Integer> amounts) {}

    private static final Order ORDER = new Order("o-1", Instant.parse("2026-11-20T12:00:00Z"), List.of(1, 2));
    private static final String ORDER_JSON = "{\"id\":\"o-1\",\"at\":\"2026-11-20T12:00:00Z\",\"amounts\":[1,2]}";

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class, BootAutoConfigurations.JACKSON))
            .withPropertyValues("mq.producer.send-timeout=20s", "mq.producer.template.default-topic=tpl-default:late")
            .withInitializer(
                    context -> TestPropertyValues.of("mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses())
                            .applyTo(context));

    private void run(Consumer<MQOperations> test) {
        contextRunner.run(context -> test.accept(context.getBean(MQTemplate.class)));
    }

    @Test
    void sendsRecordsInEveryPlainMode() {
        run(mq -> {
            SendResult sync = mq.send("tpl-plain:created", ORDER);
            SendResult async = mq.sendAsync("tpl-plain:created", ORDER).join();
            mq.sendOneway("tpl-plain:created", ORDER);

            await().atMost(LONG).until(() -> stored("tpl-plain").size() == 3);
            assertThat(stored("tpl-plain")).allSatisfy(message -> {
                assertThat(message.body()).asString(UTF_8).isEqualTo(ORDER_JSON);
                assertThat(message.tags()).isEqualTo("created");
            });
            assertThat(stored("tpl-plain")).extracting(StoredMessage::msgId).contains(sync.msgId(), async.msgId());
        });
    }

    @Test
    void sendsToTheDefaultTopic() {
        run(mq -> {
            mq.sendDefault("x");

            assertThat(stored("tpl-default"))
                    .singleElement()
                    .satisfies(message -> assertThat(message.tags()).isEqualTo("late"));
        });
    }

    @Test
    void isReadByteForByteByTheOfficialConsumer() {
        ROCKETMQ.cluster().createTopic("tpl-headers", 4);
        try (OfficialConsumer consumer = OfficialConsumer.subscribe(ROCKETMQ.cluster(), "tpl-headers", "paid")) {
            run(mq -> {
                SendSpec spec = mq.destination("tpl-headers:created")
                        .withTag("paid")
                        .withKeys("k-1", "k-ä")
                        .withHeader("tenant", " Ä\t:=;,✓\uD83D\uDE00 ")
                        .withHeader("empty", "")
                        .withHeaders(Map.of("attempt", 1, "bytes", "ü".getBytes(UTF_8)))
                        .withMessageCustomizer(message -> message.flag(42));

                SendResult result = spec.send(ORDER);

                assertThat(consumer.await(1, LONG)).singleElement().satisfies(message -> {
                    assertThat(message.msgId()).isEqualTo(result.msgId());
                    assertThat(message.body()).asString(UTF_8).isEqualTo(ORDER_JSON);
                    assertThat(message.tags()).isEqualTo("paid");
                    assertThat(message.keys()).isEqualTo("k-1 k-ä");
                    assertThat(message.flag()).isEqualTo(42);
                    assertThat(message.properties())
                            .containsEntry("tenant", " Ä\t:=;,✓\uD83D\uDE00 ")
                            .containsEntry("attempt", "1")
                            .containsEntry("bytes", "ü")
                            .doesNotContainKeys("empty", "id", "timestamp", "contentType");
                });
            });
        }
    }

    @Test
    void sendsBatches() {
        run(mq -> {
            List<String> payloads = IntStream.range(0, 2_500)
                    .mapToObj(number -> "point " + number)
                    .toList();

            BatchSendResult result =
                    mq.destination("tpl-batch:point").withKeys("b").sendBatch(payloads);

            assertThat(result.allStored()).isTrue();
            assertThat(result.elements()).hasSize(2_500);
            assertThat(stored("tpl-batch"))
                    .hasSize(2_500)
                    .allMatch(message ->
                            message.tags().equals("point") && message.keys().equals("b"))
                    .extracting(message -> new String(message.body(), UTF_8))
                    .containsExactlyInAnyOrderElementsOf(payloads);
            assertThat(mq.sendBatchAsync("tpl-batch", List.of(ORDER)).join().allStored())
                    .isTrue();
        });
    }

    @Test
    void chooses() {
        ROCKETMQ.cluster().createTopic("tpl-queues", 4);
        run(mq -> {
            MessageQueue third = mq.getProducer().publishQueues("tpl-queues").get(2);
            SendSpec spec = mq.destination("tpl-queues");

            assertThat(spec.withQueue(third).send("x").queue()).isEqualTo(third);
            assertThat(spec.withSelector((queues, message, arg) -> queues.get((Integer) arg), 1)
                            .sendAsync("x")
                            .join()
                            .queue()
                            .queueId())
                    .isEqualTo(1);
            assertThat(spec.withSelector(MessageQueueSelector.byHash(), "c")
                            .send("x")
                            .queue())
                    .isEqualTo(spec.withOrderingKey("c").send("x").queue());
        });
    }

    @Test
    void keepsTheOrderOfAKey() {
        run(mq -> {
            SendSpec spec = mq.destination("tpl-ordered").withOrderingKey("customer");
            CompletableFuture<?>[] sends = IntStream.range(0, 100)
                    .mapToObj(number -> spec.sendAsync(String.valueOf(number)))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(sends).join();

            assertThat(stored("tpl-ordered"))
                    .extracting(message -> new String(message.body(), UTF_8))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100).mapToObj(String::valueOf).toList());
        });
    }

    @Test
    void delays() {
        run(mq -> {
            Instant start = Instant.now();
            mq.destination("tpl-delayed").withDelay(Duration.ofSeconds(2)).send("delay");
            mq.destination("tpl-delayed")
                    .withDeliveryTime(start.plusSeconds(2))
                    .sendAsync("time")
                    .join();
            mq.destination("tpl-delayed").withDelayLevel(1).sendOneway("level");

            await().atMost(LONG).until(() -> stored("tpl-delayed").size() == 3);
            assertThat(stored("tpl-delayed"))
                    .allSatisfy(message -> assertThat(Instant.ofEpochMilli(message.storeTimestamp()))
                            .isAfter(start.plusMillis(800)));
        });
    }

    @Test
    void runsLocalTransactions() {
        contextRunner
                .withBean(
                        TransactionChecker.class,
                        () -> TransactionChecker.of("tpl-tx", message -> TransactionState.UNKNOWN))
                .run(context -> {
                    MQTemplate mq = context.getBean(MQTemplate.class);
                    ROCKETMQ.cluster().createTopic("tpl-tx", 1);

                    TransactionSendResult committed =
                            mq.sendInTransaction("tpl-tx:paid", ORDER, message -> TransactionState.COMMIT);
                    TransactionSendResult rolledBack = mq.destination("tpl-tx")
                            .withKeys("gone")
                            .sendInTransaction(ORDER, message -> TransactionState.ROLLBACK);

                    assertThat(committed.confirmed()).isTrue();
                    assertThat(rolledBack.transactionState()).isEqualTo(TransactionState.ROLLBACK);
                    await().atMost(LONG).until(() -> !stored("tpl-tx").isEmpty());
                    assertThat(stored("tpl-tx")).singleElement().satisfies(message -> {
                        assertThat(message.msgId()).isEqualTo(committed.msgId());
                        assertThat(message.tags()).isEqualTo("paid");
                    });
                    assertThatThrownBy(() -> mq.sendInTransaction("tpl-unchecked", "x", message -> {
                                throw new AssertionError("not to be run");
                            }))
                            .isInstanceOf(MessageNotStoredException.class);
                });
    }

    @Test
    @SuppressWarnings("try") // the replier replies while it is open
    void requestsAndReadsReplies() {
        ROCKETMQ.cluster().createTopic("tpl-requests", 1);
        try (OfficialReplier replier = OfficialReplier.subscribe(ROCKETMQ.cluster(), "tpl-requests")) {
            run(mq -> {
                SendSpec spec = mq.destination("tpl-requests").withTimeout(LONG);

                assertThat(spec.request("hello", String.class)).isEqualTo("reply to hello");
                assertThat(spec.requestAsync("hello", byte[].class))
                        .succeedsWithin(LONG.toSeconds(), TimeUnit.SECONDS)
                        .isEqualTo("reply to hello".getBytes(UTF_8));
                assertThat(mq.request("tpl-requests", "again", String.class)).isEqualTo("reply to again");
                assertThat(mq.request("tpl-requests", "raw", MessageView.class).properties())
                        .containsKey("CORRELATION_ID");
                assertThatThrownBy(() -> mq.request("tpl-requests", "no JSON", Order.class))
                        .isInstanceOf(MQConversionException.class);
            });
        }
    }

    @Test
    void tellsHowSendsFail() {
        run(mq -> {
            assertThatThrownBy(() -> mq.destination("tpl-nobody-replies")
                            .withTimeout(Duration.ofSeconds(4))
                            .request("x", String.class))
                    .isInstanceOfAny(ReplyTimeoutException.class, MessageMaybeStoredException.class);
            MessageQueue nowhere = new MessageQueue("tpl-nowhere", "no-such-broker", 0);
            assertThatThrownBy(() -> mq.destination("tpl-nowhere")
                            .withQueue(nowhere)
                            .withTimeout(Duration.ofSeconds(2))
                            .send("x"))
                    .isInstanceOfSatisfying(
                            MessageNotStoredException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.NO_ROUTE));
        });
    }

    private static List<StoredMessage> stored(String topic) {
        return ROCKETMQ.cluster().messages(topic);
    }
}
