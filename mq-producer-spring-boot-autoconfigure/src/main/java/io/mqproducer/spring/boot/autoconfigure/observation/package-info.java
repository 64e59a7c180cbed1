/** Auto-configuration of what observes templates, through Micrometer. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
