package io.mqproducer;

import io.mqproducer.config.ProducerConfig;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendMessageHook;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The composition root. */
@SuppressWarnings("DoNotCallSuggester")
final class ProducerAssembly {
    private ProducerAssembly() {}

    static MQProducer assemble(
            ProducerConfig config, List<SendMessageHook> hooks, ProducerMetrics metrics, @Nullable Executor executor) {
        throw new IllegalStateException(config.toString() + hooks + metrics + executor);
    }
}
