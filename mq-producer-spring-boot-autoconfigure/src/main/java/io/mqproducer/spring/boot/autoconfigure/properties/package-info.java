/** The settings of producers as JavaBeans, for Spring Boot to bind. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure.properties;

import org.jspecify.annotations.NullMarked;
