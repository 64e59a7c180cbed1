/** Requests and their replies: two messages, one after the other, made one call. */
@NullMarked
package io.mqproducer.internal.reply;

import org.jspecify.annotations.NullMarked;
