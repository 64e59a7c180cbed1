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
record Order(String id, String customer, String product, int pieces, Instant placedAt) {}
