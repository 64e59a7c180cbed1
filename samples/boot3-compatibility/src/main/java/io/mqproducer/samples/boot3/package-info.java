/** An application on Spring Boot 3.5. */
@NullMarked
package io.mqproducer.samples.boot3;

import org.jspecify.annotations.NullMarked;
