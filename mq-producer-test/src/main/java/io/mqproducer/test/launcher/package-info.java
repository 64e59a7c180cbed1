/** What runs inside the child processes, with RocketMQ's jars on their class path and nothing of ours but this package. */
@NullMarked
package io.mqproducer.test.launcher;

import org.jspecify.annotations.NullMarked;
