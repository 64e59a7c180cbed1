package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.spi.ProducerGauges;
import io.mqproducer.spi.ProducerMetrics;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardedMetricsTest {

    private final List<String> calls = new ArrayList<>();
    private @Nullable Error thrown;
    private final ProducerMetrics application = metrics();

    @Test
    void sendsCanTellThatNothingIsMeasured() {
        assertThat(GuardedMetrics.of(ProducerMetrics.NONE)).isSameAs(ProducerMetrics.NONE);
    }

    @Test
    void handsAllMeasurementsOn() {
        callAll(GuardedMetrics.of(application));

        assertThat(calls)
                .containsExactlyInAnyOrder(Stream.of(ProducerMetrics.class.getMethods())
                        .map(Method::getName)
                        .toArray(String[]::new));
    }

    @Test
    void f56_whatTheMetricsThrowIsLoggedOnceAndChangesNothing() {
        thrown = new StackOverflowError();
        try (LogCapture log = new LogCapture(GuardedMetrics.class)) {
            callAll(GuardedMetrics.of(application));

            assertThat(calls).hasSize(ProducerMetrics.class.getMethods().length);
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("sends are not affected");
        }
    }

    private static void callAll(ProducerMetrics metrics) {
        metrics.bind(gauges());
        metrics.sendCompleted("T", SendMode.SYNC, Outcome.NOT_STORED, FailureKind.CLOSED, 1);
        metrics.attemptCompleted("broker-a", 0, 1);
        metrics.retried("T");
        metrics.messageSize("T", 1);
        metrics.batchSent(2);
        metrics.backPressureWaited(1);
        metrics.callbackFailed();
        metrics.traceDropped(1);
        metrics.transactionUnconfirmed();
        metrics.transactionCheckDropped();
        metrics.close();
    }

    private ProducerMetrics metrics() {
        return (ProducerMetrics) Proxy.newProxyInstance(
                ProducerMetrics.class.getClassLoader(),
                new Class<?>[] {ProducerMetrics.class},
                (proxy, method, args) -> {
                    calls.add(method.getName());
                    if (thrown != null) {
                        throw thrown;
                    }
                    return null;
                });
    }

    private static ProducerGauges gauges() {
        return (ProducerGauges) Proxy.newProxyInstance(
                ProducerGauges.class.getClassLoader(),
                new Class<?>[] {ProducerGauges.class},
                (proxy, method, args) -> 0);
    }
}
