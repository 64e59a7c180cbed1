package io.mqproducer;

import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Producers that share the threads for connections. */
class IoThreadsIT {

    private final FakeCluster cluster = FakeCluster.start(2);

    @AfterEach
    void closeCluster() {
        cluster.close();
        assertThat(sharedThreads()).as("shared threads alive").isEmpty();
    }

    private ProducerUnderTest start(IoThreads threads) {
        return ProducerUnderTest.start(cluster.nameServers(), settings -> settings.ioThreads(threads));
    }

    private static List<String> producerThreads() {
        return Stream.of(Thread.getAllStackTraces().keySet().toArray(Thread[]::new))
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("mq-producer-"))
                .toList();
    }

    private static List<String> sharedThreads() {
        return producerThreads().stream()
                .filter(name -> name.startsWith("mq-producer-shared-"))
                .toList();
    }

    @Test
    void aThr_aHundredProducersSendOnTwelveThreadsAtMost() {
        List<ProducerUnderTest> producers = new ArrayList<>();
        try (IoThreads threads = IoThreads.create(2)) {
            for (int i = 0; i < 100; i++) {
                producers.add(start(threads));
            }
            for (ProducerUnderTest put : producers) {
                put.producer().send(message(), within(5000));
            }

            assertThat(producerThreads()).hasSizeLessThanOrEqualTo(12);
            assertThat(cluster.messages(Probe.TOPIC)).hasSize(100);
            producers.forEach(ProducerUnderTest::close);
        }
    }

    @Test
    void callbackThreadsEndWhenThereIsNothingToDoForThem() throws Exception {
        try (IoThreads threads = IoThreads.create();
                ProducerUnderTest first = start(threads);
                ProducerUnderTest second = start(threads)) {
            for (ProducerUnderTest put : List.of(first, second)) {
                put.producer().sendAsync(message(), within(5000)).get(5, TimeUnit.SECONDS);
            }

            Eventually.await(
                    "callback threads end",
                    Duration.ofSeconds(15),
                    () -> producerThreads().stream().noneMatch(name -> name.contains("-callback-")));
        }
    }

    @Test
    void aProducerThatIsClosedTakesNothingFromTheOthers() throws Exception {
        try (IoThreads threads = IoThreads.create(1);
                ProducerUnderTest staying = start(threads)) {
            List<CompletableFuture<SendResult>> sends = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                try (ProducerUnderTest leaving = start(threads)) {
                    for (int k = 0; k < 50; k++) {
                        sends.add(leaving.producer().sendAsync(message(), within(5000)));
                        sends.add(staying.producer().sendAsync(message(), within(5000)));
                    }
                }
            }
            for (CompletableFuture<SendResult> send : sends) {
                send.get(5, TimeUnit.SECONDS);
            }
            assertThat(staying.count(Outcome.ACKED)).isEqualTo(1000);
            assertThat(sharedThreads()).isNotEmpty();
        }
    }

    @Test
    void aProducerThatIsStoppedInTheMidstOfSendsLeavesNothingBehind() {
        cluster.broker(0).on(Probe.SEND_MESSAGE_V2, Reply.never());
        cluster.broker(1).on(Probe.SEND_MESSAGE_V2, Reply.never());
        try (IoThreads threads = IoThreads.create(1)) {
            ProducerUnderTest put = start(threads);
            List<CompletableFuture<SendResult>> sends = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                sends.add(put.producer().sendAsync(message(), within(60_000)));
            }
            Eventually.await(
                    "messages are on their way",
                    Duration.ofSeconds(5),
                    () -> cluster.broker(0).requests(Probe.SEND_MESSAGE_V2).size() > 10);

            put.producer().stop(Duration.ofMillis(50));
            put.close();

            assertThat(sends).allMatch(CompletableFuture::isCompletedExceptionally);
        }
    }

    @Test
    void aStoppedProducerCanBeStartedAgain() {
        try (IoThreads threads = IoThreads.create(1);
                ProducerUnderTest put = start(threads)) {
            put.producer().send(message(), within(5000));
            put.producer().stop(Duration.ofSeconds(1));
            put.producer().start();
            put.producer().send(message(), within(5000));
        }
    }

    @Test
    void threadsInUseRefuseToBeClosedNamingTheirUsers() {
        IoThreads threads = IoThreads.create(1);
        try (ProducerUnderTest put = start(threads)) {
            put.producer().send(message(), within(5000));

            assertThatThrownBy(threads::close)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("I/O threads are in use by running producers, which must be closed before: ["
                            + put.name() + "]");
            put.producer().send(message(), within(5000));
        }
        threads.close();
        threads.close();
    }

    @Test
    void aProducerCannotStartOnThreadsThatAreClosed() {
        IoThreads threads = IoThreads.create(1);
        threads.close();
        MQProducer producer = MQProducer.builder("PG")
                .nameServers(cluster.nameServers())
                .ioThreads(threads)
                .build();

        assertThatThrownBy(producer::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("I/O threads that the producer shares are closed");
        assertThatThrownBy(() -> producer.send(message()))
                .isInstanceOf(MessageNotStoredException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.CLOSED);
        assertThat(producer.sendAsync(message())).isCompletedExceptionally();
        producer.close();
    }

    @Test
    void thereIsAtLeastOneThread() {
        assertThatThrownBy(() -> IoThreads.create(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of I/O threads must be at least 1, got 0");
    }
}
