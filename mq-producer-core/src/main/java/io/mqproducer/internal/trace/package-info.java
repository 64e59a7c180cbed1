/** RocketMQ's message trace: what becomes of each message, told to a topic that RocketMQ's tools read. */
@NullMarked
package io.mqproducer.internal.trace;

import org.jspecify.annotations.NullMarked;
