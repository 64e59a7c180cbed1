package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.Credentials;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.RocketMQVersion;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ACL 1.0 of a real 4.9.7, which refuses with an exception where 5 has a code, lets the right ones in. */
@Tag("rocketmq")
class RocketMQ49AclIT {

    private static final Credentials ADMIN = Credentials.of("administrator", "admin12345678");
    private static final Credentials PUBLISHER = Credentials.of("publisher", "publisher12345678");
    private static final String ALLOWED = "acl-49-allowed";
    private static final String FORBIDDEN = "acl-49-forbidden";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final SendOptions OPTIONS = SendOptions.defaults().withTimeout(Duration.ofSeconds(2));

    private static final String ACCOUNT = """
              - accessKey: publisher
                secretKey: publisher12345678
                admin: false
                defaultTopicPerm: DENY
                defaultGroupPerm: SUB
                topicPerms:
                  - acl-49-allowed=PUB
            """;

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.of(
            EmbeddedRocketMQ.builder().version(RocketMQVersion.V4_9_7).acl(ADMIN.accessKey(), ADMIN.secretKey()));

    /** The broker looks for a new file every half a second. */
    @BeforeAll
    static void addPublisher() {
        rocketMQ.cluster().createTopic(ALLOWED, 4);
        rocketMQ.cluster().createTopic(FORBIDDEN, 1);
        Path users = rocketMQ.cluster().folder().resolve("broker-a/conf/plain_acl.yml");
        try {
            Files.writeString(users, ACCOUNT, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (ProducerUnderTest put = start(PUBLISHER)) {
            Eventually.await("the new account", LIMIT, () -> isStored(put));
        }
    }

    private static boolean isStored(ProducerUnderTest put) {
        try {
            put.producer().send(Message.of(ALLOWED, new byte[1]), OPTIONS);
            return true;
        } catch (MQProducerException e) {
            return false;
        }
    }

    @Test
    void w1_storesWhatAUserWhoMayPublishSendsInEveryMode() {
        List<String> sent = new ArrayList<>();
        for (Credentials user : List.of(ADMIN, PUBLISHER)) {
            try (ProducerUnderTest put = start(user)) {
                sent.add(put.producer()
                        .send(Message.builder(ALLOWED)
                                .tag("t")
                                .keys("\u8ba2\u5355")
                                .property("a b", "\u20ac")
                                .body("compressed ".repeat(5000).getBytes(UTF_8))
                                .build())
                        .msgId());
                sent.add(put.producer()
                        .sendAsync(Message.of(ALLOWED, new byte[2]))
                        .join()
                        .msgId());
                put.producer().sendOneway(Message.of(ALLOWED, (user.accessKey() + " one-way").getBytes(UTF_8)));
            }
            Eventually.await(
                    "the one-way message",
                    LIMIT,
                    () -> messages(ALLOWED).stream()
                            .anyMatch(message ->
                                    new String(message.body(), UTF_8).equals(user.accessKey() + " one-way")));
        }

        assertThat(messages(ALLOWED)).extracting(StoredMessage::msgId).containsAll(sent);
    }

    /** 4.9 checks the signature of a query without a field that 5 includes. */
    @Test
    void w5_aQueryIsSignedSoThatAnOldBrokerAcceptsItToo() {
        Instant begin = Instant.now().minusSeconds(60);
        try (ProducerUnderTest put = start(ADMIN)) {
            String msgId = put.producer()
                    .send(Message.builder(ALLOWED)
                            .keys("queried")
                            .body(new byte[1])
                            .build())
                    .msgId();

            MQAdmin admin = put.producer().admin();
            Eventually.await(
                    "the index",
                    LIMIT,
                    () -> !admin.queryMessage(
                                    ALLOWED, "queried", 10, begin, Instant.now().plusSeconds(60))
                            .isEmpty());
            assertThat(admin.viewMessage(ALLOWED, msgId)).isPresent();
        }
    }

    @Test
    void w4_aBatchIsLetInAndAWrongSecretWithOneIsNot() {
        List<Message> batch = List.of(Message.of(ALLOWED, new byte[1]), Message.of(ALLOWED, new byte[2]));
        try (ProducerUnderTest put = start(PUBLISHER)) {
            assertThat(put.producer().sendBatch(batch).allStored()).isTrue();
        }
        try (ProducerUnderTest put = start(Credentials.of("publisher", "CANARY-wrong"))) {
            assertThatThrownBy(() -> put.producer().sendBatch(batch))
                    .hasMessageContaining("Check signature failed")
                    .hasMessageNotContaining("CANARY");
        }
    }

    @Test
    void w4_aWrongSecretIsRefused() {
        assertRefused(Credentials.of("publisher", "CANARY-wrong"), ALLOWED, "Check signature failed");
    }

    @Test
    void w4_anUnknownUserIsRefused() {
        assertRefused(Credentials.of("nobody-we-know", "CANARY-secret"), ALLOWED, "No acl config for nobody-we-know");
    }

    @Test
    void w4_aUserWithoutPermissionForTheTopicIsRefused() {
        assertRefused(PUBLISHER, FORBIDDEN, "No default permission for topic:" + FORBIDDEN);

        assertThat(messages(FORBIDDEN)).isEmpty();
    }

    @Test
    void w4_aRequestWithoutSignatureIsRefused() {
        assertRefused(null, ALLOWED, "No accessKey is configured");
    }

    /** With certainty, and once: the answer is 1 SYSTEM_ERROR, which otherwise says neither. */
    private static void assertRefused(Credentials credentials, String topic, String remark) {
        try (ProducerUnderTest put = start(credentials)) {
            for (SendVia via : SendVia.values()) {
                MQProducerException failure = via.failure(put.producer(), Message.of(topic, new byte[1]), OPTIONS);

                assertThat(failure)
                        .isInstanceOf(MessageNotStoredException.class)
                        .hasMessageContaining("answered CODE 1 SYSTEM_ERROR: ")
                        .hasMessageContaining(remark)
                        .hasMessageContaining("check acl.access-key and acl.secret-key")
                        .hasMessageNotContaining("CANARY");
                assertThat(failure.kind()).isEqualTo(FailureKind.BROKER_REJECTED);
                assertThat(failure.attempts()).hasSize(1);
            }
        }
    }

    private static List<StoredMessage> messages(String topic) {
        return rocketMQ.cluster().messages(topic);
    }

    private static ProducerUnderTest start(Credentials credentials) {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses(), builder -> {
            if (credentials != null) {
                builder.credentials(() -> credentials);
            }
        });
    }
}
