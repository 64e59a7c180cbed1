/** Auto-configuration of a producer and its template. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
