package io.mqproducer.internal.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceTest {

    private final Namespace namespace = new Namespace("ns", null);

    @ParameterizedTest
    @CsvSource({
        "orders, ns%orders",
        "%RETRY%billing, %RETRY%ns%billing",
        "%DLQ%billing, %DLQ%ns%billing",
        "other%orders, ns%other%orders",
        "ns, ns%ns",
        "nsx%orders, ns%nsx%orders",
    })
    void k1_wrapsAndUnwraps(String name, String wrapped) {
        assertThat(namespace.wrap(name)).isEqualTo(wrapped);
        assertThat(namespace.wrappedLength(name)).isEqualTo(wrapped.length());
        assertThat(namespace.unwrap(wrapped)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ns%orders",
                "%RETRY%ns%billing",
                "%DLQ%ns%billing",
                "TBW102",
                "BenchmarkTest",
                "SCHEDULE_TOPIC_XXXX",
                "RMQ_SYS_TRACE_TOPIC",
                "rmq_sys_wheel_timer",
                "CID_RMQ_SYS_TRANS",
            })
    void k1_leavesWhatIsWrappedOrTheBrokersOwn(String name) {
        assertThat(namespace.wrap(name)).isEqualTo(name);
        assertThat(namespace.wrappedLength(name)).isEqualTo(name.length());
    }

    @Test
    void k2_unwrapsItsOwnNamesOnly() {
        assertThat(namespace.unwrap("other%orders")).isEqualTo("other%orders");
        assertThat(namespace.unwrap("orders")).isEqualTo("orders");
    }

    @Test
    void k5_theSecondKindGoesIntoHeadersAndLeavesNamesAlone() {
        Namespace second = new Namespace(null, "tenant");

        assertThat(second.headerFields()).isEqualTo(Map.of("nsd", "true", "ns", "tenant"));
        assertThat(second.wrap("orders")).isEqualTo("orders");
        assertThat(second.unwrap("tenant%orders")).isEqualTo("tenant%orders");
    }

    @Test
    void noneChangesNothing() {
        assertThat(Namespace.NONE.wrap("orders")).isEqualTo("orders");
        assertThat(Namespace.NONE.unwrap("ns%orders")).isEqualTo("ns%orders");
        assertThat(Namespace.NONE.wrappedLength("orders")).isEqualTo(6);
        assertThat(Namespace.NONE.headerFields()).isEmpty();
        assertThat(namespace.headerFields()).isEmpty();
    }

    @Test
    void isTheOneThatTheProducerIsConfiguredFor() {
        assertThat(Namespace.of(Configs.identity("ns", null))).isEqualTo(namespace);
        assertThat(Namespace.of(Configs.identity(null, "v2"))).isEqualTo(new Namespace(null, "v2"));
        assertThat(Namespace.of(Configs.identity(null, null))).isSameAs(Namespace.NONE);
    }
}
