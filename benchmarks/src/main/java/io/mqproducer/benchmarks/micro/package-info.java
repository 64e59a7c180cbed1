/**
 * The pieces of the send path, each by itself under JMH. The benchmarks stand in the packages of the pieces, which are
 * not public.
 */
@NullMarked
package io.mqproducer.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
