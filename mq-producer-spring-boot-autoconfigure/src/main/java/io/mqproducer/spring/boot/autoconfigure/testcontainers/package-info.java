/** Connection details of a RocketMQ that Testcontainers runs. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure.testcontainers;

import org.jspecify.annotations.NullMarked;
