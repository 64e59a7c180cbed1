package io.mqproducer.benchmarks.client;

import io.mqproducer.MQProducer;
import io.mqproducer.MQProducerBuilder;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.spi.SendCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** This producer with its defaults, but for retries and time-out. */
final class ProducerClient implements BenchmarkClient {

    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final int DEFAULT_MAX_IN_FLIGHT = 1_024;

    private final MQProducer producer;
    private final boolean keysAndTags;
    private final boolean callbacks;

    ProducerClient(MQProducer producer, ClientSettings settings, boolean callbacks) {
        this.producer = producer;
        this.keysAndTags = settings.keysAndTags();
        this.callbacks = callbacks;
    }

    /** As {@code settings} say, for the caller to add to. */
    static MQProducerBuilder builder(ClientSettings settings) {
        MQProducerBuilder builder = MQProducer.builder(settings.group())
                .nameServers(settings.server())
                .sendTimeout(TIMEOUT)
                .retryMaxRetries(0)
                .backpressureMaxInFlightMessages(Math.max(DEFAULT_MAX_IN_FLIGHT, settings.inFlight()));
        return switch (settings.extras()) {
            case NONE -> builder;
            case ACL -> builder.aclAccessKey(RequestExtras.ACCESS_KEY).aclSecretKey(RequestExtras.SECRET_KEY);
            case NAMESPACE_V2 -> builder.namespaceV2(RequestExtras.NAMESPACE);
        };
    }

    @Override
    public void start() {
        producer.start();
    }

    @Override
    public void send(String topic, byte[] body) {
        check(producer.send(message(topic, body)));
    }

    @Override
    public void sendAsync(String topic, byte[] body, Completion completion) {
        if (callbacks) {
            producer.sendAsync(message(topic, body), SendOptions.defaults(), new ToCompletion(completion));
        } else {
            producer.sendAsync(message(topic, body)).whenComplete((result, failure) -> {
                if (failure == null) {
                    completion.succeeded();
                } else {
                    completion.failed(failure);
                }
            });
        }
    }

    @Override
    public void sendBatch(String topic, byte[][] bodies) {
        List<Message> messages = new ArrayList<>(bodies.length);
        for (byte[] body : bodies) {
            messages.add(message(topic, body));
        }
        BatchSendResult result = producer.sendBatch(messages);
        for (BatchSendResult.Element element : result.elements()) {
            check(element.result().orElseThrow());
        }
    }

    @Override
    public void sendOneway(String topic, byte[] body) {
        producer.sendOneway(message(topic, body));
    }

    private Message message(String topic, byte[] body) {
        return keysAndTags
                ? Message.builder(topic)
                        .body(body)
                        .tag(ClientSettings.TAG)
                        .keys(ClientSettings.KEY)
                        .build()
                : Message.of(topic, body);
    }

    static void check(SendResult result) {
        if (result.status() != SendStatus.SEND_OK) {
            throw new IllegalStateException(result.toString());
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private record ToCompletion(Completion completion) implements SendCallback {

        @Override
        public void onSuccess(SendResult result) {
            completion.succeeded();
        }

        @Override
        public void onException(MQProducerException failure) {
            completion.failed(failure);
        }
    }
}
