/** All settings of a producer, checked and immutable. */
@NullMarked
package io.mqproducer.internal.config;

import org.jspecify.annotations.NullMarked;
