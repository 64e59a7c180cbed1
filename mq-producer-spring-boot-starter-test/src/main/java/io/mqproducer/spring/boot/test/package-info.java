/** For tests of Spring applications that send messages. */
@NullMarked
package io.mqproducer.spring.boot.test;

import org.jspecify.annotations.NullMarked;
