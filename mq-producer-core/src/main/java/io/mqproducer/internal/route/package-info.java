/** Where the queues of a topic are: name servers, look-up, cache. */
@NullMarked
package io.mqproducer.internal.route;

import org.jspecify.annotations.NullMarked;
