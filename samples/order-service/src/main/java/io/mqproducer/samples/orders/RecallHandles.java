package io.mqproducer.samples.orders;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of reminders that can be recalled. */
@Repository
class RecallHandles {

    private final JdbcClient jdbc;

    RecallHandles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void keep(String orderId, String handle) {
        jdbc.sql("insert into reminder (order_id, recall_handle) values (?, ?)")
                .params(orderId, handle)
                .update();
    }

    /** Hands a handle out once. */
    @Transactional
    public Optional<String> take(String orderId) {
        Optional<String> handle = jdbc.sql("select recall_handle from reminder where order_id = ? for update")
                .param(orderId)
                .query(String.class)
                .optional();
        jdbc.sql("delete from reminder where order_id = ?").param(orderId).update();
        return handle;
    }
}
