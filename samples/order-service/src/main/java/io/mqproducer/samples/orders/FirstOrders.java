package io.mqproducer.samples.orders;

import io.mqproducer.message.SendResult;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Places a few orders when the application starts, and shows that their messages are in the broker. */
@Component
class FirstOrders implements ApplicationRunner {

    private final OrderEvents events;
    private final StoredEvents stored;
    private final Environment environment;
    private final int count;
    private final Clock clock = Clock.systemUTC();

    FirstOrders(
            OrderEvents events,
            StoredEvents stored,
            Environment environment,
            @Value("${shop.first-orders}") int count) {
        this.events = events;
        this.stored = stored;
        this.environment = environment;
        this.count = count;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (count > 0) {
            List<Order> orders =
                    IntStream.rangeClosed(1, count).mapToObj(this::order).toList();
            List<CompletableFuture<SendResult>> audits =
                    orders.stream().map(this::place).toList();
            audits.forEach(CompletableFuture::join);
            readBack(orders);
        }
        String base = "http://localhost:" + environment.getProperty("local.server.port");
        System.out.println("Open " + base + "/actuator/metrics/mq.producer.send and " + base + "/actuator/health");
        System.out.println("Order by: curl -H 'Content-Type: application/json'"
                + " -d '{\"customer\":\"alice\",\"product\":\"tea\",\"pieces\":2}' " + base + "/orders");
    }

    private Order order(int number) {
        return new Order(UUID.randomUUID().toString(), "customer-" + number, "tea", number, clock.instant());
    }

    private CompletableFuture<SendResult> place(Order order) {
        events.clicked(order);
        events.created(order);
        return events.audited(order);
    }

    private void readBack(List<Order> orders) {
        List<String> ids = orders.stream().map(Order::id).toList();
        stored.count(ids)
                .forEach((topic, found) -> System.out.printf(
                        "%d of %d messages of %s are in the broker, read by RocketMQ's own client%n",
                        found, ids.size(), topic));
    }
}
