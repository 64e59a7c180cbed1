package readme;

import static org.assertj.core.api.Assertions.assertThat;
import static readme.TestWithIt.order;
import static readme.TestWithIt.log;

import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import io.mqproducer.spring.boot.test.EmbeddedMQ;
import io.mqproducer.test.EmbeddedRocketMQ;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Service;
import readme.TestWithIt.Order;

// README: Use it/java/1

// README: Test with it/java/1

@SpringBootApplication
@Import(Orders.class)
class TestWithIt {

    record Order(String id, String customer, String product) {}

    static final Order order = new Order("7", "alice", "tea");

    static void log(SendResult stored, Throwable failure) {}
}
