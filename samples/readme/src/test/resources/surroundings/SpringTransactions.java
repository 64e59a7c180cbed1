package readme;

import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import readme.SpringTransactions.Order;

@Repository
class OrderRepository {

    private final JdbcClient jdbc;

    OrderRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql("create table orders (id varchar(32) primary key)").update();
    }

    void save(Order order) {
        jdbc.sql("insert into orders values (?)").param(order.id()).update();
    }
}

class Shop {

    private final OrderRepository orders;
    private final SendSpec created;
    private final SendSpec audit;

    Shop(OrderRepository orders, MQTemplate mq) {
        this.orders = orders;
        this.created = mq.destination("orders:created");
        this.audit = mq.destination("audit");
    }

    // README: With Spring's transactions/java/1

    @Transactional
    public void placeAndThinkAgain(Order order) {
        place(order);
        throw new IllegalStateException("sold out");
    }
}

@Import({Shop.class, OrderRepository.class})
@EnableTransactionManagement(proxyTargetClass = true)
class SpringTransactions implements Runnable {

    record Order(String id) {}

    private final Shop shop;

    SpringTransactions(Shop shop) {
        this.shop = shop;
    }

    @Override
    public void run() {
        shop.place(new Order("committed"));
        try {
            shop.placeAndThinkAgain(new Order("rolled back"));
            throw new AssertionError("no exception");
        } catch (IllegalStateException expected) {
            // as it should be: rolled back
        }
    }
}
