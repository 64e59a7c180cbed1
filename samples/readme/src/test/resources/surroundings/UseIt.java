package readme;

import static readme.UseIt.log;

import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Service;
import readme.UseIt.Order;

// README: Use it/java/1

@Import(Orders.class)
class UseIt implements Runnable {

    record Order(String id, String customer, String product) {}

    private static final CountDownLatch LOGGED = new CountDownLatch(1);

    private final Orders orders;

    UseIt(Orders orders) {
        this.orders = orders;
    }

    @Override
    public void run() {
        orders.place(new Order("use-it", "alice", "tea"));
        try {
            LOGGED.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void log(SendResult stored, Throwable failure) {
        if (failure == null && stored != null) {
            LOGGED.countDown();
        }
    }
}
