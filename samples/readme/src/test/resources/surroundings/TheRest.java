package readme;

import static io.mqproducer.message.TransactionState.COMMIT;

import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.spring.MQTemplate;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;

class TheRest implements Runnable {

    record Point(int at, double value) {}

    record Query(String product) {}

    record Price(String product, int cents) {}

    record Payment(String id) {}

    record Reminder(String text) {}

    interface Ledger {

        void book(Payment paid);
    }

    private final MQTemplate mq;

    TheRest(MQTemplate mq) {
        this.mq = mq;
    }

    /** Without one nobody could tell a broker that has not heard how a transaction ended. */
    @Bean
    static TransactionChecker payments() {
        return TransactionChecker.of("payments", half -> COMMIT);
    }

    @Override
    public void run() {
        List<Point> points = List.of(new Point(1, 1.5), new Point(2, 2.5), new Point(3, 3.5));
        Query query = new Query("tea");
        Reminder r = new Reminder("tea");
        Payment paid = new Payment("7");
        Ledger ledger = payment -> {};
        // README: Use it/java/2
        if (price.cents() != 350) {
            throw new AssertionError(price);
        }
    }
}
