/** Connections to name servers and brokers: the only package that knows Netty beyond its buffers. */
@NullMarked
package io.mqproducer.internal.remoting;

import org.jspecify.annotations.NullMarked;
