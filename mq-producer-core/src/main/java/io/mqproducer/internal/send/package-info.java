/** The way of a message from the call to its outcome: the hot path. */
@NullMarked
package io.mqproducer.internal.send;

import org.jspecify.annotations.NullMarked;
