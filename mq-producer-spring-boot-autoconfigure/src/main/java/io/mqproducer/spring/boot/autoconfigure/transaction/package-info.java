/** Auto-configuration of messages that join transactions, and of the transaction log. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure.transaction;

import org.jspecify.annotations.NullMarked;
