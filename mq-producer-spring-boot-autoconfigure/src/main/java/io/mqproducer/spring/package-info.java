/** The template through which Spring applications send. */
@NullMarked
package io.mqproducer.spring;

import org.jspecify.annotations.NullMarked;
