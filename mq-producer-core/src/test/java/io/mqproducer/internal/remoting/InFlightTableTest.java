package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InFlightTableTest {

    private final List<Exchange> given = new ArrayList<>();

    @Test
    void f30_anAnswerThatNobodyWaitsForFindsNothing() {
        InFlightTable table = new InFlightTable(7);
        TestExchange exchange = new TestExchange("a");
        int opaque = table.add(exchange);

        assertThat(table.remove(opaque + 1)).isNull();
        assertThat(table.remove(opaque + 256)).as("same slot, other opaque").isNull();
        assertThat(table.remove(-opaque)).isNull();
        assertThat(table.size()).isOne();
        assertThat(table.remove(opaque)).isSameAs(exchange);
    }

    @Test
    void f31_onlyTheFirstOfTwoAnswersFindsTheRequest() {
        InFlightTable table = new InFlightTable(0);
        int opaque = table.add(new TestExchange("a"));

        assertThat(table.remove(opaque)).isNotNull();
        assertThat(table.remove(opaque)).isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void f32_aLateAnswerDoesNotFindTheRequestThatHasTheSlotNow() {
        InFlightTable table = new InFlightTable(0);
        int late = table.add(TestExchange.expiringAt("late", 0));
        table.removeExpired(1, given::add);
        int opaque = late;
        TestExchange last = new TestExchange("none");
        for (int i = 0; i < 256; i++) {
            table.remove(opaque);
            last = new TestExchange("later " + i);
            opaque = table.add(last);
        }

        assertThat(opaque & 255).as("slot").isEqualTo(late & 255);
        assertThat(table.remove(late)).isNull();
        assertThat(table.remove(opaque)).isSameAs(last);
    }

    @Test
    void growsWithWhatIsInFlightAndFindsAll() {
        InFlightTable table = new InFlightTable(-3);
        Map<Integer, Exchange> added = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            TestExchange exchange = new TestExchange("e" + i);
            assertThat(added.put(table.add(exchange), exchange)).isNull();
        }

        assertThat(table.size()).isEqualTo(10_000);
        added.forEach((opaque, exchange) -> assertThat(table.remove(opaque)).isSameAs(exchange));
        assertThat(table.size()).isZero();
    }

    @Test
    void f32_opaquesGoOnPastTheLargestInt() {
        InFlightTable table = new InFlightTable(Integer.MAX_VALUE - 2);
        Map<Integer, Exchange> added = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            TestExchange exchange = new TestExchange("e" + i);
            added.put(table.add(exchange), exchange);
        }

        assertThat(added).hasSize(1000).containsKeys(Integer.MAX_VALUE, Integer.MIN_VALUE);
        added.forEach((opaque, exchange) -> assertThat(table.remove(opaque)).isSameAs(exchange));
    }

    @Test
    void aSlowRequestKeepsItsOpaqueWhileOthersComeRound() {
        InFlightTable table = new InFlightTable(0);
        TestExchange slow = new TestExchange("slow");
        int opaque = table.add(slow);
        for (int i = 0; i < 100_000; i++) {
            int other = table.add(new TestExchange("quick"));
            assertThat(other).isNotEqualTo(opaque);
            table.remove(other);
        }

        assertThat(table.remove(opaque)).isSameAs(slow);
    }

    @Test
    void whatIsPutBackIsFoundAgainByTheSameOpaque() {
        InFlightTable table = new InFlightTable(5);
        TestExchange exchange = new TestExchange("a");
        int opaque = table.add(exchange);

        table.remove(opaque);
        table.putBack(exchange);

        assertThat(table.size()).isOne();
        assertThat(table.remove(opaque)).isSameAs(exchange);
    }

    @Test
    void takesOutThoseWhoseTimeIsOver() {
        InFlightTable table = new InFlightTable(0);
        long now = Long.MAX_VALUE - 5; // the clock may wrap
        table.add(TestExchange.expiringAt("over", now));
        table.add(TestExchange.expiringAt("long over", now - 1000));
        int waits = table.add(TestExchange.expiringAt("waits", now + 10));

        table.removeExpired(now, given::add);

        assertThat(TestExchange.names(given)).containsExactly("over", "long over");
        assertThat(table.size()).isOne();
        assertThat(table.remove(waits)).isNotNull();
    }

    @Test
    void i1_whatTheActionDoesToTheTableHurtsNobody() {
        InFlightTable table = new InFlightTable(0);
        for (int i = 0; i < 100; i++) {
            table.add(TestExchange.expiringAt("old " + i, 0));
        }

        table.removeExpired(1, old -> {
            given.add(old);
            for (int n = 0; n < 10; n++) { // makes it grow while it is looked through
                table.add(TestExchange.expiringAt("new", 1000));
            }
        });

        assertThat(given).hasSize(100).doesNotHaveDuplicates();
        assertThat(table.size()).isEqualTo(1000);
    }

    @Test
    void isEmptyBeforeTheFirstIsGivenToTheAction() {
        InFlightTable table = new InFlightTable(0);
        table.add(new TestExchange("a"));
        int second = table.add(new TestExchange("b"));
        List<Integer> sizes = new ArrayList<>();

        table.drain(exchange -> {
            sizes.add(table.size());
            assertThat(table.remove(second)).isNull();
            given.add(exchange);
        });

        assertThat(TestExchange.names(given)).containsExactly("a", "b");
        assertThat(sizes).containsExactly(0, 0);
    }

    @Test
    void f32_agreesWithAMapWhateverHappens() {
        Random random = new Random(32);
        InFlightTable table = new InFlightTable(Integer.MAX_VALUE - 5000);
        Map<Integer, Exchange> model = new LinkedHashMap<>();
        for (int i = 0; i < 50_000; i++) {
            if (random.nextInt(5) < 3 - (model.size() > 500 ? 2 : 0)) {
                TestExchange exchange = new TestExchange("e" + i);
                assertThat(model.put(table.add(exchange), exchange)).isNull();
            } else if (!model.isEmpty()) {
                Integer opaque = model.keySet().stream()
                        .skip(random.nextInt(Math.min(50, model.size())))
                        .findFirst()
                        .orElseThrow();
                assertThat(table.remove(opaque)).isSameAs(model.remove(opaque));
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
    }
}
