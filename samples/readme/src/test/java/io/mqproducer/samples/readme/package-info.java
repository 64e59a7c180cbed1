/** README.md, taken at its word. */
@NullMarked
package io.mqproducer.samples.readme;

import org.jspecify.annotations.NullMarked;
