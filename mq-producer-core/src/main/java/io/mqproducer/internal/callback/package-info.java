/** Where code of the application is called: the threads for it, and how many outcomes share one task. */
@NullMarked
package io.mqproducer.internal.callback;

import org.jspecify.annotations.NullMarked;
