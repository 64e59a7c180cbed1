/** Producers side by side on the same work: one command measures, checks and reports. */
@NullMarked
package io.mqproducer.benchmarks;

import org.jspecify.annotations.NullMarked;
