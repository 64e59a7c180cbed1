package io.mqproducer;

/** The same of the integration tests, which have class paths of their own. */
class NettyInUseIT extends NettyInUseTest {}
