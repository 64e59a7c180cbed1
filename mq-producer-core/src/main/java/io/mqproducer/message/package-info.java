/** The values that go into a send and come out of it. */
@NullMarked
package io.mqproducer.message;

import org.jspecify.annotations.NullMarked;
