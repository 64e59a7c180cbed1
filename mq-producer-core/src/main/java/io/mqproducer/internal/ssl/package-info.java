/** TLS by the JDK alone: material from files, rules for it, engines. */
@NullMarked
package io.mqproducer.internal.ssl;

import org.jspecify.annotations.NullMarked;
