/** Scripted name servers and brokers that answer, or misbehave, on command. */
@NullMarked
package io.mqproducer.test.peer;

import org.jspecify.annotations.NullMarked;
