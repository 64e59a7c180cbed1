/** Small values and pure functions that every level may use. */
@NullMarked
package io.mqproducer.internal.util;

import org.jspecify.annotations.NullMarked;
