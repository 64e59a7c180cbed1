package io.mqproducer.samples.boot3;

/**
 * What is sent, as JSON.
 *
 * @param id the order's id
 * @param pieces how many were ordered
 */
public record Order(String id, int pieces) {}
