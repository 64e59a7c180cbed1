package io.mqproducer.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.benchmarks.plan.Row;
import io.mqproducer.benchmarks.run.ComparisonPlan;
import org.junit.jupiter.api.Test;

class LoadTextTest {

    @Test
    void theLoadOfEachRowIsReadAsItWasWritten() {
        assertThat(ComparisonPlan.rows())
                .extracting(Row::load)
                .allSatisfy(
                        load -> assertThat(LoadText.parse(LoadText.of(load))).isEqualTo(load));
    }
}
