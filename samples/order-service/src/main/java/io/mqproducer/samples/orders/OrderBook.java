package io.mqproducer.samples.orders;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of orders. */
@Repository
class OrderBook {

    private final JdbcClient jdbc;

    OrderBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void save(Order order) {
        jdbc.sql("insert into orders (id, customer, product, pieces, placed_at)"
                        + " values (:id, :customer, :product, :pieces, :placedAt)")
                .paramSource(order)
                .update();
    }

    /** Their ids. */
    List<String> ordersOf(String customer) {
        return jdbc.sql("select id from orders where customer = ? order by placed_at")
                .param(customer)
                .query(String.class)
                .list();
    }
}
