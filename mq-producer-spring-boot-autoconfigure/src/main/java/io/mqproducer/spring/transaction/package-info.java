/** Messages that join transactions of Spring, and the log that ties them to a database. Needs spring-tx. */
@NullMarked
package io.mqproducer.spring.transaction;

import org.jspecify.annotations.NullMarked;
