package readme;

import static io.mqproducer.message.TransactionState.COMMIT;
import static io.mqproducer.message.TransactionState.UNKNOWN;

import io.mqproducer.MQProducer;
import io.mqproducer.PreparedMessage;
import io.mqproducer.message.Message;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spi.TransactionChecker;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import readme.Transactions.Payment;

class PaymentRepository {

    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    boolean existsById(String id) {
        return ids.contains(id);
    }

    void save(Payment payment) {
        ids.add(payment.id());
    }
}

@Configuration(proxyBeanMethods = false)
class Checkers {

    // README: Transactions/java/1
}

@Import({PaymentRepository.class, Checkers.class})
class Transactions implements Runnable {

    record Payment(String id) {}

    private final MQProducer producer;
    private final PaymentRepository payments;

    Transactions(MQProducer producer, PaymentRepository payments) {
        this.producer = producer;
        this.payments = payments;
    }

    @Override
    public void run() {
        Payment payment = new Payment("7");
        Message message = Message.builder("payments").body("paid".getBytes()).keys("7").build();
        // README: Transactions/java/2
        if (!result.confirmed()) {
            throw new AssertionError(result);
        }
        prepared.rollback();
    }
}
