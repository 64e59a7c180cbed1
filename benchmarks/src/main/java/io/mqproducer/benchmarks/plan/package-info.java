/** What is measured, and what it is held against: values only. */
@NullMarked
package io.mqproducer.benchmarks.plan;

import org.jspecify.annotations.NullMarked;
