/** A name server and broker that answers at once, and looks at what it is sent. */
@NullMarked
package io.mqproducer.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
