package io.mqproducer.leak;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The leaks that Netty has found and nobody has taken yet. Thread-safe; Netty's detectors are one per process. */
final class LeakReports {

    private static final LeakReports OF_THIS_PROCESS = new LeakReports();

    private final Queue<String> reports = new ConcurrentLinkedQueue<>();

    private LeakReports() {}

    static LeakReports ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** Takes out all that was reported so far. */
    List<String> take() {
        List<String> taken = new ArrayList<>();
        for (String report = reports.poll(); report != null; report = reports.poll()) {
            taken.add(report);
        }
        return taken;
    }

    /** Makes detectors that report here and not to the log. */
    ResourceLeakDetectorFactory detectors() {
        return new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation") // the one abstract method of the class
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int samplingInterval, long maxActive) {
                return new Detector<>(resource, samplingInterval);
            }

            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
                return new Detector<>(resource, samplingInterval);
            }
        };
    }

    /** Reports each leak, whatever is logged. */
    private final class Detector<T> extends ResourceLeakDetector<T> {

        Detector(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            reports.add(resourceType + " was not released:" + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            reports.add(resourceType + " was not released");
        }
    }
}
