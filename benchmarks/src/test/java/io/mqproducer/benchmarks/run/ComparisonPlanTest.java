package io.mqproducer.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.benchmarks.plan.Bar;
import io.mqproducer.benchmarks.plan.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonPlanTest {

    private final List<Row> rows = ComparisonPlan.rows();

    @Test
    void noTwoRowsHaveTheSameName() {
        assertThat(rows).extracting(Row::name).doesNotHaveDuplicates();
    }

    @Test
    void barsAreAboutClientsOfTheirRow() {
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.clients())
                    .containsAll(row.bars().stream().map(Bar::subject).toList());
            assertThat(row.bars())
                    .allSatisfy(bar -> assertThat(bar.against())
                            .satisfiesAnyOf(
                                    against -> assertThat(against).isNull(),
                                    against -> assertThat(row.clients()).contains(against)));
        });
    }
}
