/** What is asked of brokers besides storing messages: topics, offsets, look-ups, recalls. */
@NullMarked
package io.mqproducer.internal.admin;

import org.jspecify.annotations.NullMarked;
