/** What a producer can be told about how it works. */
@NullMarked
package io.mqproducer.config;

import org.jspecify.annotations.NullMarked;
