/** Messages of Spring's messaging: how they are sent, and how what came is made one. */
@NullMarked
package io.mqproducer.spring.messaging;

import org.jspecify.annotations.NullMarked;
