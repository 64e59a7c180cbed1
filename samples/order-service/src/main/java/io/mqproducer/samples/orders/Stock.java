package io.mqproducer.samples.orders;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of what there is to order. */
@Repository
class Stock {

    private final JdbcClient jdbc;

    Stock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A product, and how many of it are left. */
    record Shelf(String product, int pieces) {}

    List<Shelf> shelves() {
        return jdbc.sql("select product, pieces from stock order by product desc")
                .query(Shelf.class)
                .list();
    }

    /** @throws SoldOutException if there are not so many */
    void take(String product, int pieces) {
        int taken = jdbc.sql(
                        "update stock set pieces = pieces - :pieces where product = :product and pieces >= :pieces")
                .param("product", product)
                .param("pieces", pieces)
                .update();
        if (taken == 0) {
            throw new SoldOutException(product, pieces);
        }
    }
}
