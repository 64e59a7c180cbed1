/** How brokers know of this producer. */
@NullMarked
package io.mqproducer.internal.heartbeat;

import org.jspecify.annotations.NullMarked;
