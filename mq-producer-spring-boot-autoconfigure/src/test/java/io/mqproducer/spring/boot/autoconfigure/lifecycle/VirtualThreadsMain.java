package io.mqproducer.spring.boot.autoconfigure.lifecycle;

import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Sends from very many virtual threads at once, each blocked until its message is stored, and then asynchronously. Run by
 * {@link VirtualThreadsIT} on a JDK that has such threads.
 */
public final class VirtualThreadsMain {

    /** Messages that are sent in other ways than measured. */
    static final int WARM_UP = 1_000;

    static final int ASYNCHRONOUS = 500;

    private VirtualThreadsMain() {}

    /** Nothing but what its class path brings. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** @param args name servers, topic, and how many threads */
    public static void main(String[] args) throws Exception {
        System.setProperty("spring.devtools.restart.enabled", "false");
        int threads = Integer.parseInt(args[2]);
        try (Recording recording = new Recording();
                ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                        .properties(
                                "spring.main.web-application-type=none",
                                "spring.main.banner-mode=off",
                                "spring.docker.compose.enabled=false",
                                "spring.threads.virtual.enabled=true",
                                "mq.producer.send-timeout=60s",
                                "mq.producer.name-servers=" + args[0])
                        .run()) {
            MQTemplate template = application.getBean(MQTemplate.class);
            sendBlocking(template, args[1], WARM_UP); // a thread that loads or initializes a class is pinned on any JDK
            recording
                    .enable("jdk.VirtualThreadPinned")
                    .withThreshold(Duration.ZERO)
                    .withStackTrace();
            recording.start();

            System.out.println("ids " + sendBlocking(template, args[1], threads));
            System.out.println("callbacks on " + callbackThreads(template, args[1]));

            recording.stop();
            pinnedByUs(recording).forEach(where -> System.out.println("pinned " + where));
        }
        System.out.println("done");
    }

    private static String sendBlocking(MQTemplate template, String topic, int threads) throws Exception {
        List<CompletableFuture<String>> ids = new ArrayList<>();
        VirtualThreadTaskExecutor executor = new VirtualThreadTaskExecutor("sender-");
        for (int i = 0; i < threads; i++) {
            String payload = "message " + i;
            CompletableFuture<String> id = new CompletableFuture<>();
            ids.add(id);
            executor.execute(() -> {
                try {
                    id.complete(template.send(topic, payload).msgId());
                } catch (Throwable e) {
                    id.completeExceptionally(e);
                }
            });
        }
        List<String> sent = new ArrayList<>();
        for (CompletableFuture<String> id : ids) {
            sent.add(id.get(90, TimeUnit.SECONDS));
        }
        return String.join(",", sent);
    }

    /** What kinds of threads run what depends on futures. */
    private static String callbackThreads(MQTemplate template, String topic) throws Exception {
        ConcurrentHashMap<String, Integer> kinds = new ConcurrentHashMap<>();
        List<CompletableFuture<SendResult>> all = new ArrayList<>();
        for (int i = 0; i < ASYNCHRONOUS; i++) {
            all.add(template.sendAsync(topic, "asynchronous " + i).whenComplete((result, failure) -> {
                String thread = Thread.currentThread().toString();
                kinds.merge(thread.startsWith("VirtualThread") ? "virtual" : thread, 1, Integer::sum);
            }));
        }
        for (CompletableFuture<SendResult> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        return String.join(",", kinds.keySet());
    }

    private static List<String> pinnedByUs(Recording recording) throws Exception {
        Path file = Files.createTempFile("pinned", ".jfr");
        try {
            recording.dump(file);
            List<String> places = new ArrayList<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                for (RecordedFrame frame : event.getStackTrace().getFrames()) {
                    String type = frame.getMethod().getType().getName();
                    if (type.startsWith("io.mqproducer") && !type.startsWith(VirtualThreadsMain.class.getName())) {
                        places.add(type + "." + frame.getMethod().getName() + " for " + event.getDuration());
                        break;
                    }
                }
            }
            return places;
        } finally {
            Files.delete(file);
        }
    }
}
