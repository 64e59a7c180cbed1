/** Certificates, good and bad, and servers that show them. */
@NullMarked
package io.mqproducer.test.tls;

import org.jspecify.annotations.NullMarked;
