package io.mqproducer.spring.boot.autoconfigure;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/** What Spring's test framework does to a context while others run: Spring 7 pauses and restarts, Spring 6 stops and starts. */
public final class ContextPause {

    private static final boolean PAUSES = ClassUtils.hasMethod(ConfigurableApplicationContext.class, "pause");

    private ContextPause() {}

    public static void begin(ConfigurableApplicationContext context) {
        if (PAUSES) {
            context.pause();
        } else {
            context.stop();
        }
    }

    public static void end(ConfigurableApplicationContext context) {
        if (PAUSES) {
            context.restart();
        } else {
            context.start();
        }
    }
}
