/** The choices that settings offer. */
@NullMarked
package io.mqproducer.config;

import org.jspecify.annotations.NullMarked;
