package io.mqproducer.benchmarks.client;

import io.mqproducer.MQProducer;
import io.mqproducer.config.CompressionType;
import io.mqproducer.spi.SendMessageHook;

/** Makes the client of each kind; no other kind's classes are loaded. */
public final class BenchmarkClients {

    private BenchmarkClients() {}

    /** A client that is not started yet. */
    public static BenchmarkClient create(ClientKind kind, ClientSettings settings) {
        return switch (kind) {
            case OFFICIAL -> new OfficialClient(settings);
            case OFFICIAL_UNCOMPRESSED -> OfficialClient.withoutCompression(settings);
            case OFFICIAL_AUTO_BATCH -> OfficialClient.withAutoBatch(settings);
            case LIMIT -> new LimitClient(settings);
            case OURS -> ours(settings);
            case OURS_CALLBACK ->
                new ProducerClient(ProducerClient.builder(settings).build(), settings, true);
            case OURS_BATCHING -> batching(settings);
            case OURS_LZ4 -> lz4(settings);
            case OURS_TWO_HOOKS -> withTwoHooks(settings);
            case OURS_METERS -> metered(settings);
            case TEMPLATE -> new TemplateClient(settings, false);
            case TEMPLATE_METERS -> new TemplateClient(settings, true);
        };
    }

    private static BenchmarkClient ours(ClientSettings settings) {
        return new ProducerClient(ProducerClient.builder(settings).build(), settings, false);
    }

    private static BenchmarkClient batching(ClientSettings settings) {
        return new ProducerClient(
                ProducerClient.builder(settings).batchEnabled(true).build(), settings, false);
    }

    private static BenchmarkClient lz4(ClientSettings settings) {
        return new ProducerClient(
                ProducerClient.builder(settings)
                        .compressionType(CompressionType.LZ4)
                        .build(),
                settings,
                false);
    }

    private static BenchmarkClient withTwoHooks(ClientSettings settings) {
        return new ProducerClient(
                ProducerClient.builder(settings)
                        .hook(new SendMessageHook() {})
                        .hook(new SendMessageHook() {})
                        .build(),
                settings,
                false);
    }

    private static BenchmarkClient metered(ClientSettings settings) {
        return new ProducerClient(TemplateClient.context(settings, true).getBean(MQProducer.class), settings, false);
    }
}
