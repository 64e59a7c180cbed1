/** The producers that are compared, behind one interface. */
@NullMarked
package io.mqproducer.benchmarks.client;

import org.jspecify.annotations.NullMarked;
