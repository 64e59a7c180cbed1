/** Makes message bodies smaller, in the forms that RocketMQ's consumers read. */
@NullMarked
package io.mqproducer.internal.compression;

import org.jspecify.annotations.NullMarked;
