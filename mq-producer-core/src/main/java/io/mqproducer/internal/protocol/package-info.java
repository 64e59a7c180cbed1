/** RocketMQ's remoting protocol: its values, and their forms on the wire. Everything read from a peer is bounded here. */
@NullMarked
package io.mqproducer.internal.protocol;

import org.jspecify.annotations.NullMarked;
