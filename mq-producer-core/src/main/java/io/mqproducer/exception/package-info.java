/** What a send throws: the type tells whether the message may be stored, the kind tells why. */
@NullMarked
package io.mqproducer.exception;

import org.jspecify.annotations.NullMarked;
