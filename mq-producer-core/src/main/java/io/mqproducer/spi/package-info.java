/** What applications implement to look into the producer or to change what it sends. */
@NullMarked
package io.mqproducer.spi;

import org.jspecify.annotations.NullMarked;
