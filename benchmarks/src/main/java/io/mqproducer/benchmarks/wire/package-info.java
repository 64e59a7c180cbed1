/** RocketMQ's frames read in place, for the two ends that must cost next to nothing. */
@NullMarked
package io.mqproducer.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
