/** Messages as they go on the wire: checked, named, compressed and laid out in memory, whatever the broker. */
@NullMarked
package io.mqproducer.internal.encoding;

import org.jspecify.annotations.NullMarked;
