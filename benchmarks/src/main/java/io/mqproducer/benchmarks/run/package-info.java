/** Processes and rounds: servers and clients are started, measured in turns, and ended. */
@NullMarked
package io.mqproducer.benchmarks.run;

import org.jspecify.annotations.NullMarked;
