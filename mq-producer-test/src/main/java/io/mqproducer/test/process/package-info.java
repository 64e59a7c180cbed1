/** Child processes that cannot outlive this one, and what they need: a class path, a folder, free ports. Not an API. */
@NullMarked
package io.mqproducer.test.process;

import org.jspecify.annotations.NullMarked;
