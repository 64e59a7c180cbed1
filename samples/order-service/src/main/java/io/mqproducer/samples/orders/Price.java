package io.mqproducer.samples.orders;

import java.math.BigDecimal;

/**
 * The reply to a {@link PriceQuestion}.
 *
 * @param product what of
 * @param pieces how many of it
 * @param amount what they cost together
 * @param currency in which money
 */
record Price(String product, int pieces, BigDecimal amount, String currency) {}
