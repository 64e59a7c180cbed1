/** RocketMQ as a JUnit extension; needs JUnit Jupiter on the class path. */
@NullMarked
package io.mqproducer.test.junit;

import org.jspecify.annotations.NullMarked;
