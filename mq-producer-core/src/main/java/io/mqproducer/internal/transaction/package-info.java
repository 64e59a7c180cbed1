/** Transactions: half messages, what ends them, and the answers to brokers that ask. */
@NullMarked
package io.mqproducer.internal.transaction;

import org.jspecify.annotations.NullMarked;
