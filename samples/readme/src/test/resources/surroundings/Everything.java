package readme;

import io.mqproducer.MQProducer;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;

class Everything implements Runnable, Consumer<StoredMessage> {

    record Order(String id) {}

    interface Ledger {

        void book(Order order);
    }

    private final MQProducer producer;

    Everything(MQProducer producer) {
        this.producer = producer;
    }

    /** Without one nobody could tell a broker that has not heard how a transaction ended. */
    @Bean
    static TransactionChecker payments() {
        return TransactionChecker.of("payments", half -> TransactionState.COMMIT);
    }

    @Override
    public void run() {
        List<Message> messages = List.of(Message.of("batches", new byte[] {1}), Message.of("batches", new byte[] {2}));
        Message message = Message.of("payments", new byte[] {3});
        Message question = Message.of("questions", new byte[] {4});
        byte[] text = {5};
        Order order = new Order("7");
        Ledger ledger = booked -> {};
        // README: Batches, transactions, requests, delays/java/1
    }

    @Override
    public void accept(StoredMessage consumed) {
        byte[] body = consumed.body();
        Map<String, String> properties = consumed.properties();
        byte[] answer = {6};
        // README: Batches, transactions, requests, delays/java/2
    }
}
