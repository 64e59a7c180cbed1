package io.mqproducer.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendMode;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.JsonMQMessageConverter;
import io.mqproducer.spring.MQTemplate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.json.JsonMapper;

/** Without Spring's context, without a network, in milliseconds: two producers that take note of what they are to send. */
class OrderControllerTest {

    private static final String TWO_TEAS = "{\"customer\":\"alice\",\"product\":\"tea\",\"pieces\":2}";

    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final RecordingMQProducer auditProducer = new RecordingMQProducer();
    private final MockMvcTester http = http();

    @Test
    void tellsOfAnOrderInOrderOfItsCustomer() {
        assertThat(order("/orders", TWO_TEAS))
                .hasStatus(HttpStatus.CREATED)
                .bodyJson()
                .extractingPath("$.outcome")
                .isEqualTo("stored");

        assertThat(producer)
                .hasSentOneTo("sample-orders")
                .wasSentIn(SendMode.SYNC)
                .hasTag("created")
                .hasOrderingKey("alice");
        assertThat(producer)
                .hasSentOneTo("sample-clicks")
                .wasSentIn(SendMode.ONEWAY)
                .hasText("tea");
        assertThat(auditProducer)
                .hasSentOneTo("sample-audit")
                .wasSentIn(SendMode.ASYNC)
                .hasProperty("pieces", "2");
    }

    @Test
    void acceptsWhatNobodyWaitsFor() {
        assertThat(order("/orders?mode=oneway", TWO_TEAS)).hasStatus(HttpStatus.ACCEPTED);

        assertThat(producer).hasSentOneTo("sample-orders").wasSentIn(SendMode.ONEWAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "async"})
    void saysThatACustomerMayOrderAgain(String mode) {
        producer.script().failNext(new MessageNotStoredException(FailureKind.CONNECT_FAILED, "no broker"));

        assertThat(order("/orders?mode=" + mode, TWO_TEAS))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .bodyJson()
                .hasPathSatisfying("$.title", title -> assertThat(title).isEqualTo("not stored"))
                .hasPathSatisfying(
                        "$.detail",
                        detail -> assertThat(detail)
                                .isEqualTo("Nothing was ordered, you may order again (CONNECT_FAILED)"));
        assertThat(producer).hasSent(1);
        assertThat(auditProducer).hasSentNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "async"})
    void saysThatACustomerHadBetterAsk(String mode) {
        producer.script().failNext(new MessageMaybeStoredException(FailureKind.TIMEOUT, "no answer"));

        assertThat(order("/orders?mode=" + mode, TWO_TEAS))
                .hasStatus(HttpStatus.GATEWAY_TIMEOUT)
                .bodyJson()
                .hasPathSatisfying("$.title", title -> assertThat(title).isEqualTo("maybe stored"))
                .hasPathSatisfying(
                        "$.detail",
                        detail ->
                                assertThat(detail).isEqualTo("Perhaps ordered, ask before you order again (TIMEOUT)"));
        assertThat(producer).hasSent(1);
        assertThat(auditProducer).hasSentNothing();
    }

    @Test
    void sendsNothingForAnOrderThatIsNone() {
        assertThat(order("/orders", TWO_TEAS.replace("2", "0")))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("pieces must be at least 1, got 0");
        assertThat(order("/orders?mode=telepathy", TWO_TEAS))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("mode must be sync, async, oneway or transactional, got telepathy");

        assertThat(producer).hasSentNothing();
    }

    private MvcTestResult order(String uri, String body) {
        return http.post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    /** No transactional orders: they need a database. */
    private MockMvcTester http() {
        JsonMapper json = JsonMapper.shared();
        JsonMQMessageConverter converter = new JsonMQMessageConverter(json::writeValueAsBytes);
        OrderEvents events = new OrderEvents(new MQTemplate(producer, converter));
        Audit audit = new Audit(new MQTemplate(auditProducer, converter));
        return MockMvcTester.create(
                        MockMvcBuilders.standaloneSetup(new OrderController(new Checkout(events, audit, null)))
                                .setControllerAdvice(new Failures())
                                .build())
                .withHttpMessageConverters(List.of(new JacksonJsonHttpMessageConverter(json)));
    }
}
