/** Observations of what templates send, through Micrometer. */
@NullMarked
package io.mqproducer.spring.observation;

import org.jspecify.annotations.NullMarked;
