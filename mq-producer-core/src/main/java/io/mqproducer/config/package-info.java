/** The settings of a producer, checked and immutable. */
@NullMarked
package io.mqproducer.config;

import org.jspecify.annotations.NullMarked;
