/** What all test servers share: listening, and threads that end. */
@NullMarked
package io.mqproducer.test.socket;

import org.jspecify.annotations.NullMarked;
