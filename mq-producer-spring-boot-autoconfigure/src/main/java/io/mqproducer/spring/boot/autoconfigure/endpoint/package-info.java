/** What actuator's endpoints show of producers. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
