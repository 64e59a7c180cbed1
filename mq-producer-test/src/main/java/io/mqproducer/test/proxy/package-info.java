/** Bad networks on command: proxies that delay, cut, reset, freeze and swallow, and ports that never answer. */
@NullMarked
package io.mqproducer.test.proxy;

import org.jspecify.annotations.NullMarked;
