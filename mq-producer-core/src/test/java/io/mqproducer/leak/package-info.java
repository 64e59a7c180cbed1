/** Watches that no test leaves a Netty buffer unreleased. */
@NullMarked
package io.mqproducer.leak;

import org.jspecify.annotations.NullMarked;
