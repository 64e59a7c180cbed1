package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLoopsTest {

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "4,1", "7,1", "8,2", "16,2", "256,2"})
    void derivesFewThreadsFromTheProcessors(int processors, int threads) {
        assertThat(EventLoops.derived(processors)).isEqualTo(threads);
    }

    @Test
    void startsNoThreadUntilOneIsNeeded() {
        try (EventLoops loops = new EventLoops("lazy", 3, false)) {
            assertThat(loops.next()).isNotSameAs(loops.next());
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("mq-producer-lazy-io"));
        }
    }
}
