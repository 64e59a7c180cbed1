/** RocketMQ's wire format written a second time, so that the library is never tested against itself. */
@NullMarked
package io.mqproducer.test.peer.codec;

import org.jspecify.annotations.NullMarked;
