/** An order service that sends messages in all three modes. */
@NullMarked
package io.mqproducer.samples.orders;

import org.jspecify.annotations.NullMarked;
