/** An order service that tells the world about its orders by messages: all that the starter can do, one small class each. */
@NullMarked
package io.mqproducer.samples.orders;

import org.jspecify.annotations.NullMarked;
