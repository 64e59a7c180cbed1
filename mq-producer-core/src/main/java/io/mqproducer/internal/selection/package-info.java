/** Which queue a message goes to, and which brokers are avoided. */
@NullMarked
package io.mqproducer.internal.selection;

import org.jspecify.annotations.NullMarked;
