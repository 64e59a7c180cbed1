/** A real RocketMQ for tests: name servers and brokers in child processes, and what they stored. */
@NullMarked
package io.mqproducer.test;

import org.jspecify.annotations.NullMarked;
