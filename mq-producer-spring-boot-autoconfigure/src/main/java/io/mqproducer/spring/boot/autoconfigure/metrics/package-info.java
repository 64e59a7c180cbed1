/** The producer's meters, through Micrometer. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
