package readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static readme.Recording.log;

import io.mqproducer.message.FailureKind;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.SendResult;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import java.time.Duration;
import org.springframework.stereotype.Service;
import readme.Recording.Order;

// README: Use it/java/1

class Recording implements Runnable {

    record Order(String id, String customer, String product) {}

    private final MQMessageConverter converter;

    Recording(MQMessageConverter converter) {
        this.converter = converter;
    }

    @Override
    public void run() {
        Order order = new Order("7", "alice", "tea");
        // README: Test with it/java/2
    }

    static void log(SendResult stored, Throwable failure) {}
}
