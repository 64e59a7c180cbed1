package io.mqproducer.samples.orders;

import java.time.Instant;

/**
 * An order, as it is sent in messages: JSON by the application's own mapper.
 *
 * @param id the order's id
 * @param customer who ordered
 * @param product what was ordered
 * @param pieces how many of it
 * @param placedAt when
 */
record Order(String id, String customer, String product, int pieces, Instant placedAt) {

    Order {
        if (customer == null || customer.isBlank()) {
            throw new IllegalArgumentException("customer must have a name");
        }
        if (product == null || product.isBlank()) {
            throw new IllegalArgumentException("product must have a name");
        }
        if (pieces < 1) {
            throw new IllegalArgumentException("pieces must be at least 1, got " + pieces);
        }
    }
}
