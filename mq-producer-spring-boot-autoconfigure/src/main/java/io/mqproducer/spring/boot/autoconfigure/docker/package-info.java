/** Connection details of a RocketMQ that Docker Compose runs. */
@NullMarked
package io.mqproducer.spring.boot.autoconfigure.docker;

import org.jspecify.annotations.NullMarked;
