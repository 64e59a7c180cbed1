/** The entry: a producer for Apache RocketMQ and its builder. Nothing depends on this package. */
@NullMarked
package io.mqproducer;

import org.jspecify.annotations.NullMarked;
