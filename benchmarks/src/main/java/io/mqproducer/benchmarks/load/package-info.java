/** The process of one client: puts it under load and measures it. */
@NullMarked
package io.mqproducer.benchmarks.load;

import org.jspecify.annotations.NullMarked;
