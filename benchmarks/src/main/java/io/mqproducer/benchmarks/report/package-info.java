/** What came of it: table, CSV, charts, and whether the bars are met. */
@NullMarked
package io.mqproducer.benchmarks.report;

import org.jspecify.annotations.NullMarked;
