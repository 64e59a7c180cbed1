package io.mqproducer.samples.orders;

/** Asks what so many pieces of a product cost. */
record PriceQuestion(String product, int pieces) {}
