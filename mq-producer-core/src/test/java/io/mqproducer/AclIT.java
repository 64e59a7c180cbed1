package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mqproducer.config.Credentials;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.CredentialsProvider;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests are signed, all of them and as they are on the wire; the peers here check it by themselves. */
class AclIT {

    private static final String TOPIC = "acl";
    private static final int SEND = 310;
    private static final int ROUTE = 105;
    private static final int HEARTBEAT = 34;
    private static final int UNREGISTER = 35;
    private static final Credentials FIRST = Credentials.of("access-1", "secret-1");
    private static final Credentials SECOND =
            Credentials.of("access-2", "secret-2").withSecurityToken("token-2");
    private static final SendOptions WITHIN_TWO_SECONDS = SendOptions.defaults().withTimeout(Duration.ofSeconds(2));

    private final FakeCluster cluster = FakeCluster.start(1);
    private final ScriptedPeer broker = cluster.broker(0);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void s19_signsEveryRequestOfEveryMode() throws Exception {
        byte[] large = new byte[100_000];
        new Random(19).nextBytes(large);
        try (ProducerUnderTest put =
                start(builder -> builder.aclAccessKey("access-1").aclSecretKey("secret-1"))) {
            MQProducer producer = put.producer();
            producer.send(Message.of(TOPIC, "sync".getBytes(UTF_8)));
            producer.send(Message.builder(TOPIC)
                    .property("\u00fc", "\u4f60\u597d")
                    .tag("a")
                    .flag(7)
                    .body(large)
                    .build());
            producer.send(Message.of(TOPIC, "compressed ".repeat(2000).getBytes(UTF_8)));
            producer.send(
                    Message.of(TOPIC, new byte[1]),
                    SendOptions.defaults().to(QueueTarget.queue(new MessageQueue(TOPIC, "broker-a", 2))));
            producer.sendAsync(Message.of(TOPIC, new byte[1])).get(5, TimeUnit.SECONDS);
            producer.sendOneway(Message.of(TOPIC, new byte[1]));
            cluster.awaitMessages(TOPIC, 6, Duration.ofSeconds(5));
        }

        assertThat(broker.requests(SEND)).hasSize(6);
        assertThat(broker.requests(HEARTBEAT)).isNotEmpty();
        assertThat(broker.requests(UNREGISTER)).hasSize(1);
        assertThat(cluster.nameServer().requests(ROUTE)).isNotEmpty();
        assertThat(broker.requests()).allSatisfy(request -> assertSigned(request, FIRST));
        assertThat(cluster.nameServer().requests()).allSatisfy(request -> assertSigned(request, FIRST));
    }

    @Test
    void s19_signsBatches() {
        try (ProducerUnderTest put = start(builder -> builder.credentials(() -> SECOND))) {
            put.producer().sendBatch(List.of(Message.of(TOPIC, new byte[1]), Message.of(TOPIC, new byte[2])));
        }

        assertThat(broker.requests()).hasSizeGreaterThan(2).allSatisfy(request -> assertSigned(request, SECOND));
    }

    @Test
    void w6_signsTheFieldsOfAZoneToo() {
        try (ProducerUnderTest put =
                start(builder -> builder.credentials(() -> FIRST).zone("z1"))) {
            put.producer().send(Message.of(TOPIC, new byte[1]));
        }

        assertThat(cluster.nameServer().requests(ROUTE))
                .isNotEmpty()
                .allSatisfy(request -> assertSigned(request, FIRST))
                .anySatisfy(request -> assertThat(request.fields()).containsValue("z1"));
        assertThat(broker.requests()).allSatisfy(request -> assertSigned(request, FIRST));
    }

    @Test
    void s19_signsEveryAttemptAnew() {
        AtomicInteger asked = new AtomicInteger();
        broker.on(
                SEND,
                request -> asked.getAndIncrement() == 0
                        ? Reply.code(2, "[REJECTREQUEST] busy")
                        : Reply.code(13, "enough"));
        try (ProducerUnderTest put =
                start(builder -> builder.credentials(() -> broker.requests(SEND).isEmpty() ? FIRST : SECOND))) {
            catchThrowableOfType(
                    MQProducerException.class,
                    () -> put.producer().send(Message.of(TOPIC, new byte[1]), WITHIN_TWO_SECONDS));
        }

        assertThat(broker.requests(SEND)).hasSizeGreaterThan(1);
        assertSigned(broker.requests(SEND).get(0), FIRST);
        assertSigned(broker.requests(SEND).get(1), SECOND);
    }

    @Test
    void s19_asksForCredentialsWithEveryRequest() {
        AtomicReference<Credentials> current = new AtomicReference<>(FIRST);
        try (ProducerUnderTest put = start(builder -> builder.credentials(current::get))) {
            put.producer().send(Message.of(TOPIC, new byte[1]));
            current.set(SECOND);
            put.producer().send(Message.of(TOPIC, new byte[1]));
        }

        assertSigned(broker.requests(SEND).get(0), FIRST);
        assertSigned(broker.requests(SEND).get(1), SECOND);
        assertSigned(broker.requests(UNREGISTER).get(0), SECOND);
    }

    @Test
    void anAnswerToARequestOfTheBrokersIsNotSigned() throws Exception {
        try (ProducerUnderTest put = start(builder -> builder.credentials(() -> FIRST))) {
            put.producer().send(Message.of(TOPIC, new byte[1]));

            Request answer = broker.push(220, Map.of("k", "v"), new byte[0]).get(5, TimeUnit.SECONDS);

            assertThat(answer.code()).isEqualTo(3);
            assertThat(answer.fields()).isEmpty();
        }
    }

    @Test
    void nothingIsSignedWithoutCredentials() {
        try (ProducerUnderTest put = start(builder -> {})) {
            put.producer().send(Message.of(TOPIC, new byte[1]));
        }

        assertThat(broker.requests())
                .allSatisfy(request ->
                        assertThat(request.fields()).doesNotContainKeys("AccessKey", "SecurityToken", "Signature"));
    }

    @Test
    void aProviderThatFailsFailsTheSendUnwritten() {
        for (CredentialsProvider broken : new CredentialsProvider[] {
            () -> {
                throw new IllegalStateException("vault is sealed");
            },
            () -> null
        }) {
            AtomicReference<CredentialsProvider> provider = new AtomicReference<>(() -> FIRST);
            try (ProducerUnderTest put =
                    start(builder -> builder.credentials(() -> provider.get().credentials()))) {
                put.producer().send(Message.of(TOPIC, new byte[1]));
                int before = broker.requests(SEND).size();
                provider.set(broken);

                for (SendVia via : SendVia.values()) {
                    MQProducerException failure =
                            via.failure(put.producer(), Message.of(TOPIC, new byte[1]), WITHIN_TWO_SECONDS);

                    assertThat(failure).isInstanceOf(MessageNotStoredException.class);
                    assertThat(failure.kind()).isEqualTo(FailureKind.RESOURCE);
                    assertThat(failure.attempts()).hasSize(1);
                    assertThat(failure.getMessage()).containsAnyOf("vault is sealed", "provider has returned null");
                }
                assertThat(broker.requests(SEND)).hasSize(before);
                provider.set(() -> FIRST);
                put.producer().send(Message.of(TOPIC, new byte[1]));
            }
        }
    }

    @Test
    void aProviderThatFailsFailsTheLookUpOfTheRouteWithItsReason() {
        try (ProducerUnderTest put = start(builder -> builder.credentials(() -> {
            throw new IllegalStateException("vault is sealed");
        }))) {
            MQProducerException failure = SendVia.SYNC.failure(
                    put.producer(),
                    Message.of(TOPIC, new byte[1]),
                    SendOptions.defaults().withTimeout(Duration.ofMillis(500)));

            assertThat(failure).isInstanceOf(MessageNotStoredException.class).hasMessageContaining("vault is sealed");
        }
        assertThat(cluster.nameServer().requests()).isEmpty();
        assertThat(broker.requests()).isEmpty();
    }

    @Test
    void aProviderThatBlocksIsWarnedAbout() {
        try (LogRecorder log = LogRecorder.of("io.mqproducer.internal.remoting.RequestSigner");
                ProducerUnderTest put = start(builder -> builder.credentials(() -> {
                    long end = System.nanoTime() + Duration.ofMillis(60).toNanos();
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    return FIRST;
                }))) {
            put.producer().send(Message.of(TOPIC, new byte[1]));

            assertThat(log.lines()).isNotEmpty().first().asString().contains("the credentials provider took ");
        }
    }

    /** ACL 1.0 of 4.x brokers refuses with SYSTEM_ERROR, before the message is looked at. */
    @ParameterizedTest
    @CsvSource({
        "16, check signature failed.",
        "16, User:ak not found.",
        "16, User:ak is disabled.",
        "16, username cannot be null.",
        "16, ak has no permission to access Topic:acl from 127.0.0.1; no matched policies.",
        "1, org.apache.rocketmq.acl.common.AclException: Check signature failed for accessKey=ak"
    })
    void f44_7_aRefusalOfTheUserIsCertainAndNotRepeated(int code, String remark) {
        FakeCluster two = FakeCluster.start(2);
        two.broker(0).on(SEND, Reply.code(code, remark + "\u001b[2J"));
        two.broker(1).on(SEND, Reply.code(code, remark + "\u001b[2J"));
        try (two;
                ProducerUnderTest put =
                        ProducerUnderTest.start(two.nameServers(), builder -> builder.credentials(() -> FIRST))) {
            for (SendVia via : SendVia.values()) {
                MQProducerException failure =
                        via.failure(put.producer(), Message.of(TOPIC, new byte[1]), WITHIN_TWO_SECONDS);

                assertThat(failure)
                        .isInstanceOf(MessageNotStoredException.class)
                        .hasMessageContaining(remark)
                        .hasMessageContaining("check acl.access-key and acl.secret-key");
                assertThat(failure.attempts()).hasSize(1);
            }
        }
        assertThat(two.broker(0).requests(SEND).size()
                        + two.broker(1).requests(SEND).size())
                .isEqualTo(2);
    }

    // ---- settings

    @Test
    void keyAndSecretAreSetTogetherOnly() {
        assertRefused(
                MQProducer.builder("PG").aclAccessKey("CANARY"),
                "acl.access-key must be set together with acl.secret-key");
        assertRefused(
                MQProducer.builder("PG").aclSecretKey("CANARY"),
                "acl.secret-key must be set together with acl.access-key");
        assertRefused(
                MQProducer.builder("PG").aclSecurityToken("CANARY"),
                "acl.security-token must be set together with acl.access-key");
        assertRefused(
                MQProducer.builder("PG").aclSecretKey("CANARY\n").aclAccessKey("a"),
                "acl: secret key must not contain control characters, not even a line's end");
        assertRefused(
                MQProducer.builder("PG")
                        .aclSecretKey("CANARY")
                        .aclAccessKey("a")
                        .credentials(() -> FIRST),
                "acl.access-key must not be set together with a credentials provider");
    }

    private static void assertRefused(MQProducerBuilder builder, String text) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(text);
    }

    private static void assertSigned(Request request, Credentials credentials) {
        assertThat(request.fields())
                .containsEntry("AccessKey", credentials.accessKey())
                .containsEntry("Signature", ServersSignature.of(request, credentials.secretKey()));
        assertThat(request.fields().get("SecurityToken"))
                .isEqualTo(credentials.securityToken().orElse(null));
    }

    private ProducerUnderTest start(Consumer<MQProducerBuilder> settings) {
        return ProducerUnderTest.start(cluster.nameServers(), settings);
    }
}
