/** For unit tests of code that sends messages: a producer that only takes note of them. */
@NullMarked
package io.mqproducer.recording;

import org.jspecify.annotations.NullMarked;
