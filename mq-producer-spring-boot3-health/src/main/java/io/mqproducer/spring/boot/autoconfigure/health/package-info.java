/** The producer's health as Spring Boot's actuator shows it. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
