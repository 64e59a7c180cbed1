package io.mqproducer.spring.boot.test;

import io.mqproducer.test.RocketMQVersion;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a Spring test a real RocketMQ: name server and broker in processes of their own, started in some two seconds, ended
 * with the JVM of the tests. The application's producers find it by themselves: it is published as a bean of type {@code
 * MQConnectionDetails}, which wins over {@code mq.producer.name-servers}. What was stored is read back with the bean of type
 * {@link io.mqproducer.test.EmbeddedRocketMQ}.
 *
 * <p>All tests of a JVM whose annotations ask for the same share one, so that a suite pays for it once; let each use topics of
 * its own. RocketMQ itself is fetched by Maven's rules from where the machine's Maven gets its artifacts, the first time (about
 * 100 MB).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface EmbeddedMQ {

    /** Which RocketMQ. */
    RocketMQVersion version() default RocketMQVersion.V5_5_0;

    /** How many brokers, all of them masters. */
    int brokers() default 1;

    /** Topics that are there before the application starts; all others are created when they are first used. */
    String[] topics() default {};

    /** How many queues each of these topics has at each broker. */
    int queues() default 4;
}
