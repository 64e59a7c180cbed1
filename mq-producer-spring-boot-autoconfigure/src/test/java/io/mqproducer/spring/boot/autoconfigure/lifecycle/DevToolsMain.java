package io.mqproducer.spring.boot.autoconfigure.lifecycle;

import io.mqproducer.spring.MQTemplate;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that DevTools restarts over and over, each time with a class loader of its own. Run by {@link DevToolsIT}. */
public final class DevToolsMain {

    /** Where what outlives a restart is kept: this class does not. */
    private static final String LOADERS = "devtools-main.loaders";

    private DevToolsMain() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        ApplicationRunner sender(MQTemplate template) {
            return arguments -> {
                String topic = arguments.getNonOptionArgs().get(0);
                int restarts = Integer.parseInt(arguments.getNonOptionArgs().get(1));
                int count = note(getClass().getClassLoader());
                System.out.println(
                        "id " + template.send(topic, "start " + count).msgId());
                new Thread(count <= restarts ? Restarter.getInstance()::restart : DevToolsMain::sumUp).start();
            };
        }
    }

    /** @param args topic, number of restarts, and properties */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @SuppressWarnings("unchecked")
    private static int note(ClassLoader loader) {
        List<WeakReference<ClassLoader>> loaders = (List<WeakReference<ClassLoader>>)
                System.getProperties().computeIfAbsent(LOADERS, key -> new ArrayList<>());
        loaders.add(new WeakReference<>(loader));
        return loaders.size();
    }

    /** Caches of the JDK's and of Spring's hold class loaders by these for as long as there is memory. */
    private static void clearSoftReferences() {
        List<long[]> memory = new ArrayList<>();
        try {
            while (true) {
                memory.add(new long[1 << 20]);
            }
        } catch (OutOfMemoryError e) {
            memory.clear();
        }
    }

    @SuppressWarnings("unchecked")
    private static void sumUp() {
        List<WeakReference<ClassLoader>> loaders =
                (List<WeakReference<ClassLoader>>) System.getProperties().get(LOADERS);
        clearSoftReferences();
        System.gc();
        System.out.println("loaders " + loaders.size());
        System.out.println("loaders alive "
                + loaders.stream().filter(loader -> loader.get() != null).count());
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("mq-producer-"))
                .forEach(name -> System.out.println("thread " + name));
        Runtime.getRuntime().halt(0);
    }
}
