/** Auto-configuration of the template for messages of Spring's messaging. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure.messaging;

import org.jspecify.annotations.NullMarked;
