/** What Spring Boot's actuator shows of the producers besides health and meters. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
