package io.mqproducer.samples.orders;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Places a few orders when the application starts, and shows that their messages are in the broker. */
@Component
@org.springframework.core.annotation.Order(2)
class FirstOrders implements ApplicationRunner {

    private final Checkout checkout;
    private final StoredEvents stored;
    private final Environment environment;
    private final int count;
    private final Clock clock = Clock.systemUTC();

    FirstOrders(
            Checkout checkout, StoredEvents stored, Environment environment, @Value("${shop.first-orders}") int count) {
        this.checkout = checkout;
        this.stored = stored;
        this.environment = environment;
        this.count = count;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (count > 0) {
            List<Order> orders =
                    IntStream.rangeClosed(1, count).mapToObj(this::order).toList();
            orders.forEach(order -> checkout.place(order, OrderMode.SYNC).join());
            readBack(orders);
        }
        String base = "http://localhost:" + environment.getProperty("local.server.port");
        System.out.println("Open " + base + "/ to order, and to see live what the producers do");
        System.out.println("Open " + base + "/actuator/metrics/mq.producer.send and " + base + "/actuator/health");
        System.out.println("Order by: curl -H 'Content-Type: application/json'"
                + " -d '{\"customer\":\"alice\",\"product\":\"tea\",\"pieces\":2}' " + base + "/orders");
    }

    private Order order(int number) {
        return new Order(UUID.randomUUID().toString(), "customer-" + number, "tea", number, clock.instant());
    }

    private void readBack(List<Order> orders) {
        List<String> ids = orders.stream().map(Order::id).toList();
        stored.count(ids)
                .forEach((topic, found) -> System.out.printf(
                        "%d of %d messages of %s are in the broker, read by RocketMQ's own client%n",
                        found, ids.size(), topic));
    }
}
